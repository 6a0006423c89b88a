# shellcheck shell=bash
# What ./postern bench does. ./postern sources this file.
: "${root:?start ./postern instead}" "${dist:?}" "${benches:?}"

# shellcheck source=build/test.sh
source "$root/build/test.sh"

# As in test.sh: in place of a tag, the name of what is not compared with otherwise.
peers='haproxy            /usr/sbin/haproxy                         HAProxy
       nginx-light        /usr/sbin/nginx                           nginx
       libnginx-mod-mail  /usr/lib/nginx/modules/ngx_mail_module.so nginx
       dovecot-imapd      /usr/lib/dovecot/imap-login               Dovecot'

# Whether one of these benches is of the doors: they run what is packaged, beside what others made.
want_doors() { [[ $# == 0 || " $*" == *" door-"* ]]; }

provide_peers() {
  local needs=$peers packages
  packages=$(missing 1 ' ')
  if [[ -n $packages && $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    say "Installing what the doors are compared with: $packages"
    # shellcheck disable=SC2086 # one word per package
    install $packages >&2 || true # what is still missing is told below
  fi
  if [[ -n $(missing 2 ,) ]]; then
    say "Not compared with $(missing 2 ', '): missing, and not to be installed from here: $(missing 1 ' ')."
  fi
}

# Compiled as the tests are, and run from there: nothing of it is packaged.
run_benches() {
  if want_doors "$@"; then
    provide_peers
    if changed; then locked build; fi
  fi
  locked maven -q -Dspotless.check.skip=true -Djacoco.skip=true -pl bench -am process-test-classes >&2 ||
    die "The benches were not built: see above."
  POSTERN_PACKAGED=$dist exec "$JAVA_HOME/bin/java" -cp "$benches/test-classes:$(<"$benches/class-path")" postern.bench.BenchRun "$@"
}
