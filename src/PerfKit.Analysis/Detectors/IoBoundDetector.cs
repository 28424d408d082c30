using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>
/// PK0004. The process's bytes or calls a second over the window; the service that made most of them is named where the
/// platform tells I/O by thread.
/// </summary>
internal sealed class IoBoundDetector : IBottleneckDetector
{
    // Below half of the process's I/O, a service is one of several.
    private const double DominantShare = 0.5;

    // A call that moves less than a memory page could have been part of a larger one.
    private const double SmallCallBytes = 4_096;

    private const int MinSamples = 5;

    public RuleId Rule => Analysis.Rule.IoBound;

    public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds)
    {
        if (observations.Samples.Count(sample => sample.IoOperationsPerSecond is not null) < MinSamples)
            return [];
        // Means, not medians: I/O comes in bursts, and the limit is about how much is moved in all.
        double bytes = Mean(observations, sample => sample.IoReadBytesPerSecond + sample.IoWrittenBytesPerSecond);
        double operations = Mean(observations, sample => sample.IoOperationsPerSecond);
        double byBytes = Impact.Excess(bytes, thresholds.IoBytesPerSecond, thresholds.IoBytesCriticalPerSecond);
        double byOperations = Impact.Excess(operations, thresholds.IoOperationsPerSecond, thresholds.IoOperationsCriticalPerSecond);
        if (Math.Max(byBytes, byOperations) < 0)
            return [];
        bool isChatty = byOperations > byBytes;
        (string service, double share) = Culprit(observations, isChatty, isChatty ? operations : bytes);
        double score = Impact.Score(Math.Max(byBytes, byOperations), share);
        return [Found(service, score, share, isChatty, bytes, operations, observations, thresholds)];
    }

    public Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        double bytes = Value(bottleneck, MeasureUnit.BytesPerSecond), calls = Value(bottleneck, MeasureUnit.CountPerSecond);
        bool isChatty = bottleneck.Evidence[0].Unit == MeasureUnit.CountPerSecond;
        bool isSmall = calls > 0 && bytes / calls < SmallCallBytes;
        // With calls of one page each, the same bytes need this many fewer calls.
        double fewer = isChatty && isSmall ? Math.Max(0, calls - (bytes / SmallCallBytes)) : 0;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = bottleneck.Service,
            Title = isChatty ? $"Make fewer and larger I/O calls in {bottleneck.Service}" : $"Move less data in {bottleneck.Service}",
            Actions = isChatty
                ?
                [
                    "Read and write through a buffer (BufferedStream, or FileStream's own) of some 16 to 64 KiB.",
                    "Keep files open between items, and flush once a batch instead of once an item.",
                ]
                :
                [
                    "Keep what is read again and again in memory.",
                    "Read only the columns, rows or ranges that are used; compress what is written.",
                ],
            Effort = isChatty ? Effort.Low : Effort.Medium,
            Priority = bottleneck.Severity,
            Saving = fewer > 0 ? new PredictedSaving(fewer, fewer, MeasureUnit.CountPerSecond, "I/O calls") : null,
            Basis = fewer > 0
                ? $"Calls moved {Text.Bytes(bytes / calls)} each on average; at {Text.Bytes(SmallCallBytes)} a call the same bytes need {Text.Count(bytes / SmallCallBytes)} calls a second."
                : "No prediction: how much of the data is needed, the figures do not tell.",
            Verification = "Audit run time again under the same load and compare bytes and calls a second.",
            Evidence = bottleneck.Evidence,
        };
    }

    private static (string Service, double Share) Culprit(Observations observations, bool isChatty, double processRate)
    {
        if (observations.UsageSeconds is not double window || processRate <= 0)
            return (observations.Application, 1);
        ServiceUsage? most = observations.Usage!.Services.MaxBy(Amount);
        double share = most is null ? 0 : Math.Min(Amount(most) / window / processRate, 1);
        return share >= DominantShare ? (most!.Service, share) : (observations.Application, 1);

        double Amount(ServiceUsage usage) =>
            isChatty ? usage.IoOperations ?? 0 : (usage.IoReadBytes ?? 0) + (usage.IoWrittenBytes ?? 0);
    }

    private static Bottleneck Found(
        string service, double score, double share, bool isChatty, double bytes, double operations, Observations observations, Thresholds thresholds)
    {
        TimeSpan window = observations.Window;
        var byCalls = new Evidence("I/O calls of the process", operations, MeasureUnit.CountPerSecond, thresholds.IoOperationsPerSecond, window);
        var byBytes = new Evidence("bytes moved by the process", bytes, MeasureUnit.BytesPerSecond, thresholds.IoBytesPerSecond, window);
        var evidence = new List<Evidence> { isChatty ? byCalls : byBytes, isChatty ? byBytes : byCalls };
        if (operations > 0)
            evidence.Add(new Evidence("bytes a call", bytes / operations, MeasureUnit.Bytes, null, window));
        if (service != observations.Application)
            evidence.Add(new Evidence($"share of {service}", share * 100, MeasureUnit.Percent, null, window));
        string what = isChatty ? $"{Text.Count(operations)} I/O calls a second" : $"{Text.Bytes(bytes)} a second";
        return new Bottleneck
        {
            Rule = Analysis.Rule.IoBound,
            Type = BottleneckType.IoBound,
            Service = service,
            Severity = Impact.SeverityOf(score),
            ImpactScore = score,
            Description = service == observations.Application
                ? $"The process made {what}, and no service made half of it."
                : $"{service} made {Text.Percent(share)} of the process's {what}" +
                  (isChatty ? $", {Text.Bytes(bytes / operations)} each on average." : "."),
            Evidence = evidence,
        };
    }

    private static double Value(Bottleneck bottleneck, MeasureUnit unit) =>
        bottleneck.Evidence.FirstOrDefault(evidence => evidence.Unit == unit)?.Value ?? 0;

    private static double Mean(Observations observations, Func<Sampling.ResourceSample, double?> rate)
    {
        double sum = 0, seconds = 0;
        foreach (Sampling.ResourceSample sample in observations.Samples)
        {
            if (sample.Interval is { } interval && rate(sample) is double value)
            {
                sum += value * interval.TotalSeconds;
                seconds += interval.TotalSeconds;
            }
        }
        return seconds > 0 ? sum / seconds : 0;
    }
}
