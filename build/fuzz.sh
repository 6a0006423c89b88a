# shellcheck shell=bash
# What ./postern fuzz does. ./postern sources this file.
: "${root:?start ./postern instead}"

fuzz_targets() { (cd "$root" && find -- */src/test/java -name '*FuzzTest.java' | sort); }

# Test classes of all modules, and for each module a file with its class path.
compile_for_fuzzing() {
  maven -q -Dspotless.check.skip=true -Djacoco.skip=true test-compile dependency:build-classpath \
    "-Dmdep.outputFile=\${project.build.directory}/fuzz.classpath" -Dmdep.includeScope=test
}

# Plays one target ($1: its source) for $2 seconds. What it learns is kept for the next time.
fuzz_target() {
  local module=${1%%/*} class work
  class=${1#*/src/test/java/} class=${class%.java} class=${class//\//.}
  work=$root/target/fuzz/$class
  mkdir -p "$work/corpus" "$work/finds"
  (
    cd "$root/$module"
    JAZZER_FUZZ=1 "$JAVA_HOME/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
      -XX:+EnableDynamicAgentLoading -cp "target/test-classes:target/classes:$(<target/fuzz.classpath)" \
      com.code_intelligence.jazzer.Jazzer --target_class="$class" --instrumentation_includes='postern.**' --hooks=true \
      --reproducer_path="$work/finds" -artifact_prefix="$work/finds/" -max_total_time="$2" -timeout=20 "$work/corpus"
  ) >"$work/log" 2>&1 || {
    tail -n 40 "$work/log"
    echo "Found: $class, in $work/finds (its log is beside it). A find that is copied to" \
      "$module/src/test/resources/${class//.//}Inputs is played by every ./postern test."
    return 1
  }
  echo "$class: $(grep -ho 'Done .*' "$work/log" | tail -n 1)"
}

run_fuzz() {
  local minutes=${1:-} targets=() target verdict=0
  [[ $minutes =~ ^[1-9][0-9]{0,4}$ ]] || die "fuzz: '$minutes' minutes (expected: a whole number, for all targets together)"
  mapfile -t targets < <(fuzz_targets)
  locked compile_for_fuzzing || die "Not fuzzed: the tests could not be built, see above."
  for target in "${targets[@]}"; do
    fuzz_target "$target" $((minutes * 60 / ${#targets[@]})) || verdict=1
  done
  return $verdict
}
