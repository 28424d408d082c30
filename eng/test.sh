#!/usr/bin/env bash
# Builds everything, runs every test, and proves what users get: the packages, the benchmark program and the sample.
# Needs the .NET SDK; what the tests need besides is installed with apt. The last line is "N passed, N failed".
set -u

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_CLI_UI_LANGUAGE=en
export MSBUILDDISABLENODEREUSE=1        # no build server survives this script
unset PERFKIT_APPROVE                   # a check approves nothing

temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
log=$temp/log
passed=0
failed=0

# finish: prints the count and ends.
finish() {
    printf '%s passed, %s failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ]
    exit
}

# tell RESULT START NAME: one line with the seconds since START, and the end of the log when RESULT is FAIL.
tell() {
    printf '%-5s%5ss  %s\n' "$1" "$((SECONDS - $2))" "$3"
    [ "$1" = FAIL ] && tail -n 80 "$log" | sed 's/^/      | /'
    return 0
}

# check NAME COMMAND...: counts as one passed or failed check.
check() {
    local name=$1 start=$SECONDS
    shift
    if "$@" >"$log" 2>&1; then
        passed=$((passed + 1))
        tell ok "$start" "$name"
    else
        failed=$((failed + 1))
        tell FAIL "$start" "$name"
        return 1
    fi
}

# install_chromium: the integration tests open the HTML report in it.
install_chromium() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null && return
    if ! command -v apt-get >/dev/null; then
        echo "chromium is missing, and so is apt to install it: the tests that open the HTML report will fail."
        return
    fi

    local start=$SECONDS sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    if { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends chromium; } >"$log" 2>&1; then
        tell done "$start" "install chromium"
    else
        tell FAIL "$start" "install chromium"
    fi
}

# install_sqlite: the store benchmark compares with its shell; without it that line is not judged.
install_sqlite() {
    command -v sqlite3 >/dev/null && return
    command -v apt-get >/dev/null || return 0

    local start=$SECONDS sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    if { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends sqlite3; } >"$log" 2>&1; then
        tell done "$start" "install sqlite3"
    else
        tell skip "$start" "install sqlite3: the store benchmark runs without it"
    fi
}

# counter NAME FILE: a figure of the Counters element of a trx file; 0 when it is not there.
counter() {
    local value
    value=$(grep -o '<Counters [^>]*' "$2" 2>/dev/null | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" | head -n 1)
    echo "${value:-0}"
}

# run_tests PROJECT: adds the project's tests to the counts. What did not pass counts as failed, skipped tests too.
run_tests() {
    local name start=$SECONDS code=0 trx total good bad
    name=$(basename "$1" .csproj)
    trx=$temp/trx/$name.trx
    dotnet test "$1" --no-build -c Release --logger "trx;LogFileName=$name.trx" --results-directory "$temp/trx" >"$log" 2>&1 || code=$?
    total=$(counter total "$trx")
    good=$(counter passed "$trx")
    bad=$((total - good))
    if [ "$bad" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$total" -eq 0 ]; }; then
        bad=1           # no test failed, but the run did: it crashed, or found nothing to run
    fi

    passed=$((passed + good))
    failed=$((failed + bad))
    if [ "$bad" -eq 0 ]; then
        tell ok "$start" "$name: $good passed"
    else
        tell FAIL "$start" "$name: $good passed, $bad failed"
    fi
}

# check_package NAME: a package has all its parts. File names stand uncompressed in a zip file, so grep finds them without unzip.
check_package() {
    local file entry
    file=$(echo "$temp/feed/$1".[0-9]*.nupkg)
    for entry in README.md LICENSE "lib/net10.0/$1.dll" "lib/net10.0/$1.xml"; do
        grep -aqF "$entry" "$file" || { echo "$file has no $entry"; return 1; }
    done
    [ -s "${file%.nupkg}.snupkg" ] || { echo "$file has no symbols beside it"; return 1; }
}

# run_consumer: a project outside of the repository that knows only the packages. The feed is added to the sources that the
# user's own configuration names; a packages folder of its own keeps an older build of the same version out.
run_consumer() {
    local folder version
    folder=$(mktemp -d "$temp/consumer.XXXXXX")
    cp eng/consumer/* "$folder" || return
    version=$(basename "$(echo "$temp"/feed/PerfKit.[0-9]*.nupkg)" .nupkg)
    printf '%s\n' '<configuration><packageSources>' "<add key=\"just-packed\" value=\"$temp/feed\" />" '</packageSources></configuration>' \
        >"$folder/nuget.config"
    (
        cd "$folder" &&
        dotnet restore --packages "$temp/packages" -p:PerfKitVersion="[${version#PerfKit.}]" &&
        dotnet build -c Release --no-restore -o "$folder/out" -p:PerfKitVersion="[${version#PerfKit.}]" &&
        timeout 60 dotnet out/Consumer.dll >report.txt
    ) || { cat "$folder/report.txt" 2>/dev/null; return 1; }
    contains "$folder/report.txt" search_index mail_queue
}

# contains FILE TEXT...: the file has each of the texts.
contains() {
    local file=$1 text
    shift
    for text in "$@"; do
        grep -qF -- "$text" "$file" || { cat "$file"; echo "'$text' is missing above"; return 1; }
    done
}

list_benchmarks() {
    timeout 120 dotnet run -c Release --no-build --project benchmarks/PerfKit.Benchmarks -- --list flat >"$temp/list.txt" &&
        contains "$temp/list.txt" ScopeBenchmarks SampleBenchmarks
}

# BenchmarkDotNet ends with 0 even when a benchmark did not run: what it prints decides.
run_benchmarks() {
    timeout 900 dotnet run -c Release --no-build --project benchmarks/PerfKit.Benchmarks -- \
        --job dry --buildTimeout 600 --filter '*ScopeBenchmarks*' --artifacts "$temp/benchmarks" >"$temp/dry.txt" &&
        contains "$temp/dry.txt" '| TwoTimestamps ' '| Scope ' 'executed benchmarks: 3'
}

# The short form judges only what no busy machine blurs: bytes and counts.
run_overhead() {
    timeout 180 dotnet run -c Release --no-build --project benchmarks/PerfKit.OverheadBenchmark -- --short >"$temp/overhead.txt" &&
        contains "$temp/overhead.txt" 'operations seen, of those that ran' 'OpenTelemetry'
}

# The short form judges only what no busy machine blurs: bytes, and that no figure is missing.
run_sampling() {
    timeout 180 dotnet run -c Release --no-build --project benchmarks/PerfKit.SamplingBenchmark -- --short --processes 150 >"$temp/sampling.txt" ||
        { cat "$temp/sampling.txt"; return 1; }
    contains "$temp/sampling.txt" 'beside a bare read of stat' 'faster than Process'
}

# Counts and memory: no busy machine blurs them.
run_soak() {
    timeout 120 dotnet run -c Release --no-build --project benchmarks/PerfKit.OverheadBenchmark -- --soak --short >"$temp/soak.txt" ||
        { cat "$temp/soak.txt"; return 1; }
    contains "$temp/soak.txt" 'names that found the book full' 'managed memory kept'
}

# Proves that the sites serve, watched by PerfKit, by OpenTelemetry and by nothing.
run_web() {
    timeout 120 dotnet run -c Release --no-build --project benchmarks/PerfKit.WebBenchmark -- --short >"$temp/web.txt" &&
        contains "$temp/web.txt" 'PerfKit: less throughput' 'OpenTelemetry SDK'
}

# Counts, sums of parts and answers on a simulated clock: a busy machine blurs none of them.
run_startup_accuracy() {
    timeout 120 dotnet run -c Release --no-build --project benchmarks/PerfKit.StartupAccuracy -- --short >"$temp/accuracy.txt" ||
        { cat "$temp/accuracy.txt"; return 1; }
    contains "$temp/accuracy.txt" 'critical paths that are right' 'managed bytes a scope'
}

# Two rounds prove that the site starts, follows its recommendations and is compared; how well they came true takes more.
run_startup_lab() {
    timeout 300 dotnet run -c Release --no-build --project samples/StartupLab -- --short >"$temp/lab.txt" &&
        contains "$temp/lab.txt" 'Predicted and achieved total saving'
}

# The short form lets only a gross error decide; without wrk it leaves out that line.
run_load() {
    timeout 120 dotnet run -c Release --no-build --project benchmarks/PerfKit.LoadBenchmark -- --short >"$temp/load.txt" ||
        { cat "$temp/load.txt"; return 1; }
    contains "$temp/load.txt" 'open model, stall of 1 s: p99.9' 'closed model, HttpClient'
}

# The first run is the baseline; the second, made slower, must close the gate.
run_gate() {
    local gate=(timeout 120 dotnet run -c Release --no-build --project samples/CiGate -- --folder "$temp/gate")
    "${gate[@]}" || return
    contains "$temp/gate/comment.md" '<!-- perfkit -->' 'PerfKit: PASS' || return
    "${gate[@]}" --slower && { echo 'The gate let slower code pass.'; return 1; }
    contains "$temp/gate/comment.md" 'PerfKit: FAIL' 'price_basket' && [ -s "$temp/gate/history.html" ]
}

run_store_benchmark() {
    timeout 180 dotnet run -c Release --no-build --project benchmarks/PerfKit.StoreBenchmark -- --short >"$temp/store.txt" &&
        contains "$temp/store.txt" 'USING COVERING INDEX metric_history' '30 days of a figure'
}

run_tracking() {
    timeout 180 dotnet run -c Release --no-build --project benchmarks/PerfKit.TrackingBenchmark -- --short >"$temp/tracking.txt" &&
        contains "$temp/tracking.txt" 'Services built for the first time' 'is added to the first build'
}

# A few faults of the kinds that a busy machine blurs least, each in a process of its own. They are too few to forgive a single
# miss, so a second run decides; 3 says that other programs kept the machine too busy for a verdict.
run_detection() {
    local attempt code
    for attempt in 1 2; do
        code=0
        timeout 300 dotnet run -c Release --no-build --project benchmarks/PerfKit.DetectionBenchmark -- --short >"$temp/detection.txt" || code=$?
        [ "$code" -eq 3 ] && return 0
        [ "$code" -eq 0 ] && break
    done
    [ "$code" -eq 0 ] || { cat "$temp/detection.txt"; return 1; }
    contains "$temp/detection.txt" 'F1 over all' 'right service named' 'false alarms on healthy programs'
}

# Bytes decide in the short form; times are shown.
run_attribution() {
    timeout 120 dotnet run -c Release --no-build --project benchmarks/PerfKit.AttributionBenchmark -- --short >"$temp/attribution.txt" ||
        { cat "$temp/attribution.txt"; return 1; }
    contains "$temp/attribution.txt" 'bytes charged to each, worst service' 'EventListener on TplEventSource'
}

# The tool as a user installs it; that its verdicts are right is the detection benchmark's to say.
run_self_test() {
    dotnet tool install PerfKit.SelfTest --tool-path "$temp/tools" --source "$temp/feed" &&
        timeout 120 "$temp/tools/perfkit-selftest" --only exception-storm/1 >"$temp/selftest.txt" &&
        contains "$temp/selftest.txt" 'ok    exception-storm/1'
}

run_analysis() {
    timeout 120 dotnet run -c Release --no-build --project benchmarks/PerfKit.AnalysisBenchmark -- --short
}

run_waits() {
    timeout 120 dotnet run -c Release --no-build --project benchmarks/PerfKit.WaitsBenchmark -- --short >"$temp/waits.txt" ||
        { cat "$temp/waits.txt"; return 1; }
    contains "$temp/waits.txt" 'culprit named rightly' 'nested locks'
}

run_quickstart() {
    local out=$temp/quickstart file
    timeout 180 dotnet run -c Release --no-build --project samples/QuickStart -- --seconds 3 --out "$out" || return
    for file in startup-report.json runtime-report.json report.md report.html; do
        [ -s "$out/$file" ] || { echo "QuickStart wrote no $file"; return 1; }
    done
}

install_chromium
install_sqlite

start=$SECONDS
if ! dotnet build PerfKit.sln -c Release -warnaserror >"$log" 2>&1; then
    tell FAIL "$start" "build"
    failed=1
    finish
fi
tell done "$start" "build"

for project in tests/*/*.csproj; do
    run_tests "$project"
done

if check "pack" dotnet pack PerfKit.sln -c Release --no-build -o "$temp/feed"; then
    for project in src/*/*.csproj; do
        check "package $(basename "$project" .csproj)" check_package "$(basename "$project" .csproj)"
    done
    check "a project outside of the repository uses the packages" run_consumer
    check "the self-test is a tool that runs" run_self_test
fi
check "the benchmarks are listed" list_benchmarks
check "the scope benchmarks run" run_benchmarks
check "the overhead benchmark runs" run_overhead
check "the sampling benchmark runs" run_sampling
check "a soak of operations and names is counted in bounded memory" run_soak
check "the web benchmark runs" run_web
check "start-up is told truly" run_startup_accuracy
check "StartupLab follows its own recommendations" run_startup_lab
check "the load generator is true to its server" run_load
check "CiGate passes, and fails slower code" run_gate
check "the store benchmark runs" run_store_benchmark
check "the tracking benchmark runs" run_tracking
check "injected faults are found" run_detection
check "services are charged with what they used" run_attribution
check "an hour is analyzed in time" run_analysis
check "the right service is blamed for waits" run_waits
check "QuickStart audits itself and writes its reports" run_quickstart

finish
