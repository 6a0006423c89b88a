/**
 * Looks at the mail servers as the doors do, a step at a time, and says of what is wrong why, and what to do about it. Start at
 * {@link postern.app.doctor.Doctor}: it has an {@link postern.app.doctor.Inspection} made of each host, and a {@link
 * postern.app.doctor.TrialLogin} of each upstream, which come to a {@link postern.app.doctor.Report}.
 *
 * <p>Nothing here decides anything: what is tried is tried by what the server itself uses.
 */
@NullMarked
package postern.app.doctor;

import org.jspecify.annotations.NullMarked;
