namespace PerfKit.Benchmarking;

/// <summary>A ready-made shape of load: one or more load tests in a row, and what to read from them together. Immutable.</summary>
/// <remarks>The operations get a token that ends them when the scenario is canceled.</remarks>
public sealed class LoadScenario
{
    private readonly IReadOnlyList<LoadPhase> _phases;
    private readonly Func<IReadOnlyList<LoadTestResult>, IEnumerable<string>> _read;

    private LoadScenario(string name, IReadOnlyList<LoadPhase> phases, Func<IReadOnlyList<LoadTestResult>, IEnumerable<string>> read) =>
        (Name, _phases, _read) = (name, phases, read);

    /// <summary>Gets the scenario's name.</summary>
    public string Name { get; }

    /// <summary>Several projects at work at once, each one operation after another: do they disturb each other?</summary>
    /// <param name="projects">How many, from 1 to 100,000.</param>
    /// <param name="operationsPerProject">How many operations each makes, from 1.</param>
    /// <param name="operation">The operation of a project, which is counted from 0.</param>
    /// <param name="rampUp">Over how long the projects begin.</param>
    /// <returns>The scenario. It first runs one project alone, and tells how much slower an operation is among the others.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LoadScenario ConcurrentProjects(
        int projects, int operationsPerProject, Func<int, CancellationToken, Task> operation, TimeSpan rampUp = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        Task Run(LoadOperation at, CancellationToken ct) => operation(at.Worker, ct);
        return new LoadScenario(
            "concurrent projects",
            [
                new LoadPhase("concurrent projects: one alone", LoadModel.Closed(1, operationsPerProject), Run),
                new LoadPhase("concurrent projects: all", LoadModel.Closed(projects, operationsPerProject, rampUp), Run),
            ],
            ScenarioReading.OfProjects);
    }

    /// <summary>An operation on more and more data: does its time grow faster than the data?</summary>
    /// <param name="sizes">How much data, such as lines or rows; ascending, each at least 1. At least one, at most 100.</param>
    /// <param name="operationsPerSize">How many operations at each size, from 1.</param>
    /// <param name="operation">The operation on so much data.</param>
    /// <returns>The scenario. It tells with which power of the size the median grows.</returns>
    /// <exception cref="ArgumentException">The sizes are none, too many, not ascending, or below 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="operationsPerSize"/> is out of its range.</exception>
    public static LoadScenario LargeDataSet(IReadOnlyList<long> sizes, int operationsPerSize, Func<long, CancellationToken, Task> operation)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(operation);
        long[] kept = [.. sizes];
        if (kept.Length is 0 or > 100 || kept[0] < 1 || kept.Zip(kept.Skip(1)).Any(pair => pair.Second <= pair.First))
            throw new ArgumentException($"The sizes are {string.Join(", ", kept.Take(10))}; allowed are 1 to 100 of them, ascending, each at least 1.", nameof(sizes));

        return new LoadScenario(
            "large data set",
            [
                .. kept.Select(size => new LoadPhase(
                    $"large data set: {ScenarioReading.Count(size)}", LoadModel.Closed(1, operationsPerSize), (_, ct) => operation(size, ct))),
            ],
            results => ScenarioReading.OfSizes(kept, results));
    }

    /// <summary>An operation while more and more memory is held by others: does it get slow, or fail?</summary>
    /// <param name="stepBytes">How much more is held at each step, from 1 MiB to 64 GiB.</param>
    /// <param name="steps">How many steps, from 1 to 100.</param>
    /// <param name="operationsPerStep">How many operations at each step, from 1.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>
    /// The scenario. Its first test holds nothing. A step that would leave less than a tenth of the memory the process may use is not
    /// taken, and that is said: the host is not to be killed.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LoadScenario MemoryPressure(long stepBytes, int steps, int operationsPerStep, Func<CancellationToken, Task> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (stepBytes is < 1 << 20 or > 64L << 30)
            throw new ArgumentOutOfRangeException(nameof(stepBytes), stepBytes, "Allowed is from 1 MiB to 64 GiB.");
        if (steps is < 1 or > 100)
            throw new ArgumentOutOfRangeException(nameof(steps), steps, "Allowed is from 1 to 100.");

        return new LoadScenario(
            "memory pressure",
            [
                .. Enumerable.Range(0, steps + 1).Select(step => new LoadPhase(
                    $"memory pressure: {ScenarioReading.Bytes(step * stepBytes)} held", LoadModel.Closed(1, operationsPerStep), (_, ct) => operation(ct))
                {
                    HeldBytes = step * stepBytes,
                }),
            ],
            ScenarioReading.OfMemory);
    }

    /// <summary>A rate held for long: does memory grow, or latency?</summary>
    /// <param name="ratePerSecond">Above 0, at most 1,000,000.</param>
    /// <param name="duration">How long; trends need at least eight samples, so eight seconds by default.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="rampUp">How long the rate grows from 0.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LoadScenario SustainedLoad(
        double ratePerSecond, TimeSpan duration, Func<CancellationToken, Task> operation, TimeSpan rampUp = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return new LoadScenario(
            "sustained load",
            [new LoadPhase("sustained load", LoadModel.Open(ratePerSecond, duration, rampUp), (_, ct) => operation(ct))],
            results => ScenarioReading.OfSustained(results[0]));
    }

    /// <summary>Switching from project to project, without a pause: how long does a switch take, and does it get slower?</summary>
    /// <param name="projects">How many, from 2 to 100,000; they are visited in turn.</param>
    /// <param name="switches">How many switches, from 1.</param>
    /// <param name="operation">Switches from the first project to the second; both are counted from 0.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LoadScenario RapidSwitching(int projects, int switches, Func<int, int, CancellationToken, Task> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (projects is < 2 or > 100_000)
            throw new ArgumentOutOfRangeException(nameof(projects), projects, "Allowed is from 2 to 100,000.");

        return new LoadScenario(
            "rapid switching",
            [
                new LoadPhase("rapid switching", LoadModel.Closed(1, switches),
                    (at, ct) => operation((int)(at.Index % projects), (int)((at.Index + 1) % projects), ct)),
            ],
            results => ScenarioReading.OfSwitching(results[0]));
    }

    /// <summary>Runs the tests of the scenario, one after another.</summary>
    /// <param name="options">For each of the tests; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told about once a second how far the current test is.</param>
    /// <param name="ct">Ends the scenario early; the result then has what was measured.</param>
    /// <returns>A task with the result.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Task<LoadScenarioResult> RunAsync(LoadTestOptions? options = null, IProgress<LoadProgress>? progress = null, CancellationToken ct = default) =>
        RunAsync(phase => new LoadTest(phase.Name, Name, phase.Operation, options), new Ballast(), progress, ct);

    internal async Task<LoadScenarioResult> RunAsync(
        Func<LoadPhase, LoadTest> test, Ballast ballast, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        var results = new List<LoadTestResult>();
        var findings = new List<string>();
        foreach (LoadPhase phase in _phases)
        {
            if (ct.IsCancellationRequested)
                break;
            if (!ballast.TryHold(phase.HeldBytes))
            {
                findings.Add($"{ScenarioReading.Bytes(phase.HeldBytes)} were not held: less than a tenth of the memory that the process may use would be left.");
                break;
            }

            results.Add(await test(phase).RunAsync(phase.Model, progress, ct).ConfigureAwait(false));
        }

        ballast.TryHold(0);
        if (results.Count > 0)
            findings.InsertRange(0, _read(results));
        return new LoadScenarioResult { Name = Name, Results = results, Findings = findings };
    }
}

/// <summary>One test of a scenario.</summary>
internal sealed record LoadPhase(string Name, LoadModel Model, Func<LoadOperation, CancellationToken, Task> Operation)
{
    /// <summary>How much memory is held meanwhile.</summary>
    public long HeldBytes { get; init; }
}
