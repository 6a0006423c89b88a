# shellcheck shell=bash
# What ./postern test and ./postern repro do. ./postern sources this file.
: "${root:?start ./postern instead}" "${without_checks:?}"

# Debian package, a program of it (or any file, by a path that may hold *), and the tag of the tests that cannot run
# without it.
needs='dovecot-imapd        /usr/lib/dovecot/imap        dovecot
       dovecot-pop3d        /usr/lib/dovecot/pop3        dovecot
       dovecot-submissiond  /usr/lib/dovecot/submission  dovecot
       postfix              /usr/sbin/postfix            postfix
       sogo-activesync      /usr/lib/GNUstep/SOGo/ActiveSync.SOGo sogo
       nginx-light          /usr/sbin/nginx              sogo
       chromium             chromium                     browser
       openssl              openssl                      curl
       openssl              openssl                      openssl
       curl                 curl                         curl
       python3              /usr/bin/python3             python
       fetchmail            fetchmail                    fetchmail
       msmtp                msmtp                        msmtp
       swaks                swaks                        swaks
       libnet-ssleay-perl   /usr/lib/*/perl5/*/Net/SSLeay.pm  swaks
       isync                mbsync                       mbsync
       libsasl2-modules     /usr/lib/*/sasl2/libplain.so mbsync
       mutt                 mutt                         mutt
       libsasl2-modules     /usr/lib/*/sasl2/libplain.so mutt
       bsdutils             script                       mutt'

on_ci() { [[ ${CI:-false} != false ]]; }

# Of the needs that are not met: the packages (column 1) or the tags (column 2), in a row with $2 between.
missing() {
  local package program tag
  while read -r package program tag; do
    if ! command -v "$program" >/dev/null && ! { [[ $program == /* ]] && compgen -G "$program" >/dev/null; }; then
      echo "$package $tag"
    fi
  done <<<"$needs" | cut -d ' ' -f "$1" | sort -u | paste -sd "$2" -
}

# A subshell, so that the policy against starting services goes away however this ends.
install() (
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
  apt-get -qq update
  apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 --no-install-recommends install "$@" >/dev/null
)

# Sets `excluded` to the tags of the tests that cannot run here. Fails on CI, where every test has to run.
provide_packages() {
  local packages
  packages=$(missing 1 ' ')
  if [[ -n $packages && $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing what the tests need: $packages"
    # shellcheck disable=SC2086 # one word per package
    install $packages || true # what is still missing is told below
    packages=$(missing 1 ' ')
  fi
  excluded=$(missing 2 ,)
  [[ -n $packages ]] || return 0
  echo "Missing, and not to be installed from here: $packages. Without them, tests tagged $excluded cannot run." \
    "(As root, on Debian: apt-get install --no-install-recommends $packages)"
  ! on_ci
}

# Nothing of earlier runs stays: no report to be counted, no class or resource whose source is gone. A module that fails
# does not keep the others from being tested.
verify() {
  rm -rf "$root"/*/target/{classes,test-classes,surefire-reports}
  maven --fail-at-end verify ${excluded:+"-DexcludedGroups=$excluded"} "$@"
}

# Reads the reports, names what was skipped, and ends with the count. Fails unless tests ran and none failed.
count() {
  { find "$root"/*/target/surefire-reports -name 'TEST-*.xml' -exec cat {} + 2>/dev/null || true; } |
    awk -v ci="$(if on_ci; then echo 1; fi)" '
      function attribute(name) {
        if (!match($0, " " name "=\"[^\"]*")) return ""
        return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
      }
      /^<testsuite xmlns/ {
        tests += attribute("tests"); skipped += attribute("skipped")
        failed += attribute("failures") + attribute("errors")
      }
      /^  <testcase / { test = attribute("classname") " " attribute("name") }
      /^    <skipped/ { print "Skipped: " test }
      END {
        if (!tests) print "No test ran: that is a failure."
        if (skipped && ci) print "Skipped tests are a failure on CI."
        print tests - failed - skipped " passed, " failed + 0 " failed, " skipped + 0 " skipped"
        exit !tests || failed || (skipped && ci)
      }'
}

run_tests() {
  local verdict=0 excluded=
  if ! provide_packages; then
    rm -rf "$root"/*/target/surefire-reports
    verdict=1
  elif ! locked verify "$@"; then
    echo "The checks failed: see above."
    verdict=1
  elif [[ $# -gt 0 ]]; then
    echo "Not compared byte for byte: that belongs to a run without arguments."
  elif ! build_twice; then
    verdict=1
  fi
  if [[ -n $excluded ]]; then echo "Not run, for want of packages: tests tagged $excluded."; fi
  count || verdict=1
  return $verdict
}

# What git would commit; outside a checkout all but what was built. Names end in NUL.
sources() {
  local file
  if [[ -e .git ]] && git rev-parse >/dev/null 2>&1; then
    git ls-files -coz --exclude-standard | while IFS= read -r -d '' file; do
      if [[ -e $file ]]; then printf '%s\0' "$file"; fi # known to git, but deleted
    done
  else
    find . \( -name target -o -name .git \) -prune -o -type f -print0
  fi
}

# Copies the sources to $1 and builds them there: umask $2, time zone $3, language $4, then more options for Maven.
build_copy() (
  mkdir -p "$1"
  umask "$2"
  (cd "$root" && sources | tar -cf - --null -T -) | tar -xf - -C "$1" --no-same-permissions || return
  export TZ=$3 LC_ALL=C LANG=$4 MAVEN_OPTS="${MAVEN_OPTS:-} -Duser.language=$4"
  root=$1
  maven "${without_checks[@]}" "${@:5}" package
)

build_twice() (
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  one=$work/one two=$work/some/where/else jars=0 different=0
  # 002 and not 077: Maven levels the group's write bit only, and jars record the rest of the modes.
  { build_copy "$one" 022 UTC en && build_copy "$two" 002 Pacific/Kiritimati tr --offline; } ||
    die "Not compared byte for byte: a fresh copy could not be built, see above."
  cd "$one" || return
  for jar in */target/postern*.jar app/target/postern/postern.jar; do
    if [[ $jar == *-tests.jar ]]; then continue; fi # not shipped
    jars=$((jars + 1))
    cmp "$jar" "$two/$jar" || different=1
  done
  if [[ $different == 1 ]]; then
    trap - EXIT
    die "Not reproducible: the same sources gave different bytes. Both builds are kept in $work."
  fi
  echo "reproducible: $jars jars, built twice, same bytes"
)
