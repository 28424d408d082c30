using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>
/// PK0004. The process's bytes or calls a second over the window; the service that made most of them is named where the
/// platform tells I/O by thread.
/// </summary>
internal sealed class IoBoundDetector : Detector
{
    // Below half of the process's I/O, a service is one of several.
    private const double DominantShare = 0.5;

    // A call that moves less than a memory page could have been part of a larger one.
    private const double SmallCallBytes = 4_096;

    private const int MinSamples = 5;

    public override RuleId Rule => Analysis.Rule.IoBound;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        if (observations.Samples.Count(sample => sample.IoOperationsPerSecond is not null) < MinSamples)
            return Judgement.Lacks($"fewer than {MinSamples} samples tell of I/O");
        // Means, not medians: I/O comes in bursts, and the limit is about how much is moved in all.
        double bytes = observations.Mean(sample => sample.IoReadBytesPerSecond + sample.IoWrittenBytesPerSecond) ?? 0;
        double operations = observations.Mean(sample => sample.IoOperationsPerSecond) ?? 0;
        // PerfKit's own reads for attribution are nobody's fault.
        if (observations.UsageSeconds is double seconds)
        {
            bytes = Math.Max(0, bytes - (observations.Usage!.OwnIoBytes / seconds));
            operations = Math.Max(0, operations - (observations.Usage!.OwnIoOperations / seconds));
        }
        double byBytes = Impact.Excess(bytes, thresholds.IoBytesPerSecond, thresholds.IoBytesCriticalPerSecond);
        double byOperations = Impact.Excess(operations, thresholds.IoOperationsPerSecond, thresholds.IoOperationsCriticalPerSecond);
        if (Math.Max(byBytes, byOperations) < 0)
        {
            return Judgement.Within(
                new Evidence("bytes moved by the process", bytes, MeasureUnit.BytesPerSecond, thresholds.IoBytesPerSecond, observations.Window),
                new Evidence("I/O calls of the process", operations, MeasureUnit.CountPerSecond, thresholds.IoOperationsPerSecond, observations.Window));
        }
        bool isChatty = byOperations > byBytes;
        Rates process = new(bytes, operations);
        ServiceUsage? culprit = Culprit(observations, isChatty, process);
        double window = observations.UsageSeconds ?? 0;
        Rates? own = culprit is null ? null : new Rates(
            ((culprit.IoReadBytes ?? 0) + (culprit.IoWrittenBytes ?? 0)) / window, (culprit.IoOperations ?? 0) / window);
        double share = own is { } mine ? Math.Min(mine.Of(isChatty) / process.Of(isChatty), 1) : 1;
        double score = Impact.Score(Math.Max(byBytes, byOperations), share);
        return Judgement.Of([Found(culprit?.Service ?? observations.Application, score, share, isChatty, process, own, observations, thresholds)]);
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        // The service's own figures come after the process's, where a service is named.
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

    private static ServiceUsage? Culprit(Observations observations, bool isChatty, Rates process)
    {
        if (observations.UsageSeconds is not double window || process.Of(isChatty) <= 0)
            return null;
        ServiceUsage? most = observations.Usage!.Services.MaxBy(Amount);
        return most is not null && Amount(most) / window >= DominantShare * process.Of(isChatty) ? most : null;

        double Amount(ServiceUsage usage) =>
            isChatty ? usage.IoOperations ?? 0 : (usage.IoReadBytes ?? 0) + (usage.IoWrittenBytes ?? 0);
    }

    private static Bottleneck Found(
        string service, double score, double share, bool isChatty, Rates process, Rates? own, Observations observations, Thresholds thresholds)
    {
        TimeSpan window = observations.Window;
        Rates named = own ?? process;
        var evidence = new List<Evidence>
        {
            isChatty
                ? new Evidence("I/O calls of the process", process.Calls, MeasureUnit.CountPerSecond, thresholds.IoOperationsPerSecond, window)
                : new Evidence("bytes moved by the process", process.Bytes, MeasureUnit.BytesPerSecond, thresholds.IoBytesPerSecond, window),
        };
        if (own is not null)
            evidence.Add(new Evidence($"share of {service}", share * 100, MeasureUnit.Percent, null, window));
        evidence.Add(new Evidence($"I/O calls of {service}", named.Calls, MeasureUnit.CountPerSecond, null, window));
        evidence.Add(new Evidence($"bytes moved by {service}", named.Bytes, MeasureUnit.BytesPerSecond, null, window));
        if (named.Calls > 0)
            evidence.Add(new Evidence("bytes a call", named.Bytes / named.Calls, MeasureUnit.Bytes, null, window));
        string what = isChatty ? $"{Text.Count(process.Calls)} I/O calls a second" : $"{Text.Bytes(process.Bytes)} a second";
        string description = own is null
            ? $"The process made {what}, and no service made half of it."
            : $"{service} made {Text.Percent(share)} of the process's {what}" +
              (isChatty && named.Calls > 0 ? $", {Text.Bytes(named.Bytes / named.Calls)} each on average." : ".");
        double confidence = Confidence.Of(window.TotalSeconds);
        return Bottleneck.Of(Analysis.Rule.IoBound, BottleneckType.IoBound, service, score, confidence, description, evidence);
    }

    private readonly record struct Rates(double Bytes, double Calls)
    {
        public double Of(bool calls) => calls ? Calls : Bytes;
    }

    private static double Value(Bottleneck bottleneck, MeasureUnit unit) =>
        bottleneck.Evidence.LastOrDefault(evidence => evidence.Unit == unit)?.Value ?? 0;
}
