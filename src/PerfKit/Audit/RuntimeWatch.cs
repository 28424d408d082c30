using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>What was seen while a run-time audit watched.</summary>
internal sealed record RuntimeObservations(
    TimeSpan Duration,
    IReadOnlyList<ResourceSample> Samples,
    long DroppedSamples,
    UsageSnapshot Usage,
    UsageSnapshot Lifetime,
    IReadOnlyList<OperationSnapshot> Operations,
    TimeSpan? ProcessCpu);

/// <summary>One watch over the process: it begins when it is made, and ends with <see cref="Finish"/>.</summary>
internal sealed class RuntimeWatch
{
    private static readonly TimeSpan ProgressStep = TimeSpan.FromSeconds(1);

    private readonly ResourceSampler _sampler;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly long _samplesBefore;
    private readonly UsageSnapshot _usageBefore;
    private readonly OperationWatch _operations;
    private readonly TimeSpan? _cpuBefore;

    public RuntimeWatch(ResourceSampler sampler, TimeProvider time)
    {
        _sampler = sampler;
        _time = time;
        _samplesBefore = sampler.History.TotalCount;
        _began = time.GetTimestamp();
        _usageBefore = UsageSnapshot.Take(time);
        _operations = new OperationWatch(time);
        _cpuBefore = ProcessCpu();
    }

    /// <summary>Waits, telling of progress; cancellation ends the wait early and is no error.</summary>
    public async Task WaitAsync(TimeSpan duration, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        TimeSpan elapsed;
        while ((elapsed = _time.GetElapsedTime(_began)) < duration && !cancellationToken.IsCancellationRequested)
        {
            Report(progress, elapsed, duration);
            // Timers count whole milliseconds: rounded down, the last one would be spun away, with a report at each turn.
            double left = Math.Ceiling(Math.Min((duration - elapsed).TotalMilliseconds, ProgressStep.TotalMilliseconds));
            await Task.Delay(TimeSpan.FromMilliseconds(left), _time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        Report(progress, elapsed, duration);
    }

    public RuntimeObservations Finish()
    {
        UsageSnapshot lifetime = UsageSnapshot.Take(_time), usage = lifetime.Since(_usageBefore);
        IReadOnlyList<OperationSnapshot> operations = _operations.Finish();
        TimeSpan? cpu = ProcessCpu() - _cpuBefore;
        TimeSpan duration = _time.GetElapsedTime(_began);
        // Counted, not chosen by time stamp: the wall clock may have been set in between.
        long taken = _sampler.History.TotalCount - _samplesBefore;
        ResourceSample[] kept = _sampler.History.ToArray();
        ResourceSample[] samples = kept.AsSpan((int)Math.Max(0, kept.Length - taken)).ToArray();
        return new RuntimeObservations(duration, samples, taken - samples.Length, usage with { Window = duration }, lifetime, operations, cpu);
    }

    private void Report(IProgress<AuditProgress>? progress, TimeSpan elapsed, TimeSpan duration)
    {
        try
        {
            progress?.Report(new AuditProgress(elapsed, duration, (int)(_sampler.History.TotalCount - _samplesBefore)));
        }
        catch (Exception)
        {
            // A display that fails costs no audit.
        }
    }

    private static TimeSpan? ProcessCpu()
    {
        if (OperatingSystem.IsBrowser() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS())
            return null;
        return Environment.CpuUsage.TotalTime;
    }
}
