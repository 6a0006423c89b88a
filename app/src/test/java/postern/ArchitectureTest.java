package postern;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Instant;
import java.util.concurrent.Future;
import org.slf4j.Logger;

/** The walls of the product, each with its reason. A rule that must go takes a decision record with it. */
@AnalyzeClasses(packages = "postern", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {

    /** Neither this module's own nor those that others lend to it. */
    static final class WithoutTests implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return new DoNotIncludeTests().includes(location) && !location.contains("-tests.jar");
        }
    }

    /** From where this class is: whoever looks for tests looks from elsewhere than whoever runs them. */
    private static URL picture() {
        try {
            URL classes =
                    ArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation();
            return classes.toURI().resolve("../../../docs/packages.puml").toURL();
        } catch (URISyntaxException | MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    @ArchTest
    static final ArchRule the_picture_in_the_docs_is_true =
            classes().should(adhereToPlantUmlDiagram(picture(), consideringOnlyDependenciesInDiagram()));

    @ArchTest
    static final ArchRule packages_form_no_cycle =
            slices().matching("postern.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule credentials_know_no_wire_and_no_file = noClasses()
            .that()
            .resideInAPackage("postern.credentials..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "com.typesafe..", "io.micrometer..")
            .because("the decision must be testable without a socket, a config file or a registry");

    @ArchTest
    static final ArchRule doors_and_administrators_never_meet = noClasses()
            .that()
            .resideInAPackage("postern.proxy..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("postern.admin..")
            .because("what an administrator does reaches the doors through the store, on every node alike");

    @ArchTest
    static final ArchRule configuration_knows_nothing_of_ours = noClasses()
            .that()
            .resideInAPackage("postern.config..")
            .should()
            .dependOnClassesThat(resideInAPackage("postern..").and(resideOutsideOfPackage("postern.config..")))
            .because("a file is read before anything else is known");

    @ArchTest
    static final ArchRule only_the_demo_knows_its_mail_server = noClasses()
            .that()
            .resideOutsideOfPackage("postern.app.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.icegreen..", "jakarta.mail..", "io.netty.pkitesting..")
            .because("they are not on the class path of a real server");

    @ArchTest
    static final ArchRule only_the_hashing_pool_runs_argon2 = noClasses()
            .that()
            .resideOutsideOfPackage("postern.credentials.hash..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("de.mkammerer..")
            .because("one verification takes a core and tens of megabytes");

    @ArchTest
    static final ArchRule only_imported_hashes_are_of_another_kind = noClasses()
            .that()
            .resideOutsideOfPackage("postern.credentials.imported..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.commons.codec..")
            .because("what is made here is Argon2id, and nothing else ever comes to be");

    @ArchTest
    static final ArchRule the_event_loop_never_waits = noClasses()
            .that()
            .resideInAPackage("postern.proxy..")
            .and(not(simpleName("Listener")
                    .or(simpleName("SocketOpening"))
                    .or(simpleName("OfSocket"))
                    .or(simpleName("HttpOpening"))
                    .or(simpleName("EventLoops")))) // opened and closed by main, which may wait
            .should()
            .callMethodWhere(
                    target(nameMatching("get|join|await.*|sync.*")).and(target(owner(assignableTo(Future.class)))))
            .because("one waiting connection makes a thousand others wait");

    @ArchTest
    static final ArchRule states_are_pure = noClasses()
            .that()
            .haveSimpleNameEndingWith("State")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "java.util.concurrent..")
            .because("a state machine without channels and threads is tested without channels and threads");

    @ArchTest
    static final ArchRule only_observe_counts = noClasses()
            .that()
            .resideOutsideOfPackage("postern.proxy.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..")
            .because("a metric counted in two places is counted twice or not at all");

    @ArchTest
    static final ArchRule time_is_passed_in = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .because("tests move the clock; nothing here sleeps");

    @ArchTest
    static final ArchRule loggers_look_alike = fields().that()
            .haveRawType(Logger.class)
            .should()
            .bePrivate()
            .andShould()
            .beStatic()
            .andShould()
            .beFinal()
            .andShould()
            .haveName("LOG");
}
