using System.Globalization;
using PerfKit.Sampling;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>Turns results into runs that a store keeps, and stored runs back into results.</summary>
public static class BenchmarkRuns
{
    private const int MaxErrors = 32;
    private const string ErrorPrefix = "error: ";
    private const string ProcessorFact = "processor";
    private const string ProcessorCountFact = "processor count";
    private const string OperatingSystemFact = "operating system";
    private const string ArchitectureFact = "architecture";
    private const string RuntimeFact = "runtime";

    /// <summary>One run with the figures of some results, of which each is a service with an operation.</summary>
    /// <param name="results">The results; of one name and type there should be one.</param>
    /// <param name="conditions">What the run says of application, machine and source.</param>
    /// <param name="finishedAt">When the run finished.</param>
    /// <returns>The run, with an id of its own.</returns>
    public static AuditRun ToRun(IReadOnlyList<BenchmarkResult> results, RunConditions conditions, DateTimeOffset finishedAt)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(conditions);
        return new AuditRun
        {
            Id = Guid.NewGuid(),
            Application = conditions.Application,
            Kind = AuditKind.Benchmark,
            FinishedAt = finishedAt,
            MachineFingerprint = conditions.Machine.Fingerprint,
            Commit = conditions.Revision?.Commit,
            Branch = conditions.Revision?.Branch,
            Facts = FactsOf(results, conditions.Machine),
            Metrics = [.. results.SelectMany(MetricsOf)],
        };
    }

    /// <summary>The results of a stored run, in the order in which they were stored.</summary>
    /// <param name="run">A run of <see cref="AuditKind.Benchmark"/>.</param>
    /// <returns>The results; what was not stored is <see langword="null"/>. A service without counted operations is no result.</returns>
    public static IReadOnlyList<BenchmarkResult> FromRun(AuditRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        MachineFacts machine = MachineOf(run);
        SourceRevision? revision = run.Commit is null && run.Branch is null ? null : new SourceRevision(run.Commit, run.Branch);
        return
        [
            .. run.Metrics
                .GroupBy(metric => (metric.Service, metric.Operation))
                .Select(group => ResultOf(run, machine, revision, group.Key.Service, group.Key.Operation, group))
                .OfType<BenchmarkResult>(),
        ];
    }

    internal static Dictionary<string, string> FactsOf(MachineFacts machine)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [OperatingSystemFact] = Cut(machine.OperatingSystem),
            [ArchitectureFact] = Cut(machine.Architecture),
            [ProcessorCountFact] = machine.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            [RuntimeFact] = Cut(machine.Runtime),
        };
        if (machine.Processor is { } processor)
            facts[ProcessorFact] = Cut(processor);
        return facts;
    }

    internal static string Cut(string text) => text.Length <= 256 ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[254]) ? 254 : 255), "…");

    private static Dictionary<string, string> FactsOf(IReadOnlyList<BenchmarkResult> results, MachineFacts machine)
    {
        Dictionary<string, string> facts = FactsOf(machine);
        foreach (BenchmarkResult result in results.Where(result => result.Error is not null).Take(MaxErrors))
            facts[ErrorName(result.Name, result.OperationType)] = Cut(result.Error!);
        return facts;
    }

    private static string ErrorName(string name, string operationType) => Cut($"{ErrorPrefix}{name} ({operationType})");

    private static MachineFacts MachineOf(AuditRun run)
    {
        string Fact(string name) => run.Facts.TryGetValue(name, out string? value) ? value : "unknown";
        return new MachineFacts
        {
            OperatingSystem = Fact(OperatingSystemFact),
            Architecture = Fact(ArchitectureFact),
            Processor = run.Facts.GetValueOrDefault(ProcessorFact),
            ProcessorCount = int.TryParse(Fact(ProcessorCountFact), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 0,
            Runtime = Fact(RuntimeFact),
        };
    }

    private static IEnumerable<RunMetric> MetricsOf(BenchmarkResult result)
    {
        DurationStatistics? duration = result.Duration;
        (string Name, double? Value, string Unit)[] figures =
        [
            (BenchmarkMetrics.Duration, Seconds(duration?.MedianNanoseconds), "s"),
            (BenchmarkMetrics.DurationLow, Seconds(duration?.LowNanoseconds), "s"),
            (BenchmarkMetrics.DurationHigh, Seconds(duration?.HighNanoseconds), "s"),
            (BenchmarkMetrics.DurationMean, Seconds(duration?.MeanNanoseconds), "s"),
            (BenchmarkMetrics.DurationDeviation, Seconds(duration?.DeviationNanoseconds), "s"),
            (BenchmarkMetrics.DurationMin, Seconds(duration?.MinNanoseconds), "s"),
            (BenchmarkMetrics.DurationMax, Seconds(duration?.MaxNanoseconds), "s"),
            (BenchmarkMetrics.DurationP95, Seconds(duration?.P95Nanoseconds), "s"),
            (BenchmarkMetrics.DurationCount, duration?.Count, ""),
            (BenchmarkMetrics.Cpu, Seconds(result.CpuNanoseconds), "s"),
            (result.MeasuredOn == MeasuredOn.Thread ? BenchmarkMetrics.Allocated : BenchmarkMetrics.ProcessAllocation, result.AllocatedBytes, "B"),
            (BenchmarkMetrics.PeakWorkingSet, result.PeakWorkingSetBytes, "B"),
            (BenchmarkMetrics.PeakManagedHeap, result.PeakManagedHeapBytes, "B"),
            (BenchmarkMetrics.SuccessRate, result.SuccessRate, ""),
            (BenchmarkMetrics.Throughput, result.OperationsPerSecond, "1/s"),
            (BenchmarkMetrics.Operations, result.Operations, ""),
            (BenchmarkMetrics.FailedOperations, result.FailedOperations, ""),
            (BenchmarkMetrics.MeasuredTime, result.MeasuredTime.TotalSeconds, "s"),
            (BenchmarkMetrics.Started, (result.FinishedAt - result.StartedAt).TotalSeconds, "s"),
            (BenchmarkMetrics.Collections, result.Collections, ""),
            (BenchmarkMetrics.CollectionPause, result.CollectionPause.TotalSeconds, "s"),
            (BenchmarkMetrics.OnProcess, result.MeasuredOn == MeasuredOn.Process ? 1 : 0, ""),
            (BenchmarkMetrics.StoppedBy, (int)result.StoppedBy, ""),
        ];
        return figures
            .Where(figure => figure.Value is { } value && double.IsFinite(value))
            .Select(figure => new RunMetric(result.Name, figure.Name, figure.Value!.Value, figure.Unit) { Operation = result.OperationType });
    }

    private static BenchmarkResult? ResultOf(
        AuditRun run, MachineFacts machine, SourceRevision? revision, string name, string operationType, IEnumerable<RunMetric> metrics)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (RunMetric metric in metrics)
            values[metric.Metric] = metric.Value;
        double? Value(string metric) => values.TryGetValue(metric, out double value) ? value : null;
        if (Value(BenchmarkMetrics.Operations) is not { } operations)
            return null;

        return new BenchmarkResult
        {
            Name = name,
            OperationType = operationType,
            StartedAt = run.FinishedAt - Time(Value(BenchmarkMetrics.Started)),
            FinishedAt = run.FinishedAt,
            Machine = machine,
            Revision = revision,
            Operations = (long)operations,
            FailedOperations = (long)(Value(BenchmarkMetrics.FailedOperations) ?? 0),
            Error = run.Facts.GetValueOrDefault(ErrorName(name, operationType)),
            Duration = DurationOf(Value),
            MeasuredTime = Time(Value(BenchmarkMetrics.MeasuredTime)),
            MeasuredOn = Value(BenchmarkMetrics.OnProcess) > 0 ? MeasuredOn.Process : MeasuredOn.Thread,
            CpuNanoseconds = Nanoseconds(Value(BenchmarkMetrics.Cpu)),
            AllocatedBytes = Value(BenchmarkMetrics.Allocated) ?? Value(BenchmarkMetrics.ProcessAllocation),
            Collections = (int)(Value(BenchmarkMetrics.Collections) ?? 0),
            CollectionPause = Time(Value(BenchmarkMetrics.CollectionPause)),
            PeakWorkingSetBytes = (long?)Value(BenchmarkMetrics.PeakWorkingSet),
            PeakManagedHeapBytes = (long?)Value(BenchmarkMetrics.PeakManagedHeap),
            StoppedBy = (StopReason)(int)Math.Clamp(Value(BenchmarkMetrics.StoppedBy) ?? (int)StopReason.None, 0, (int)StopReason.None),
        };
    }

    private static DurationStatistics? DurationOf(Func<string, double?> value)
    {
        if (Nanoseconds(value(BenchmarkMetrics.Duration)) is not { } median)
            return null;

        return new DurationStatistics
        {
            Count = (int)(value(BenchmarkMetrics.DurationCount) ?? 1),
            MedianNanoseconds = median,
            LowNanoseconds = Nanoseconds(value(BenchmarkMetrics.DurationLow)),
            HighNanoseconds = Nanoseconds(value(BenchmarkMetrics.DurationHigh)),
            MeanNanoseconds = Nanoseconds(value(BenchmarkMetrics.DurationMean)) ?? median,
            DeviationNanoseconds = Nanoseconds(value(BenchmarkMetrics.DurationDeviation)),
            MinNanoseconds = Nanoseconds(value(BenchmarkMetrics.DurationMin)) ?? median,
            MaxNanoseconds = Nanoseconds(value(BenchmarkMetrics.DurationMax)) ?? median,
            P95Nanoseconds = Nanoseconds(value(BenchmarkMetrics.DurationP95)) ?? median,
        };
    }

    private static double? Seconds(double? nanoseconds) => nanoseconds / 1e9;

    private static double? Nanoseconds(double? seconds) => seconds * 1e9;

    /// <summary>A stored figure may be anything finite; a day-long benchmark is the longest that is believed.</summary>
    private static TimeSpan Time(double? seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds ?? 0, 0, 86_400 * 366));
}
