using System.Globalization;
using Microsoft.Extensions.Logging;
using PerfKit.Instrumentation;
using PerfKit.Reporting;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>
/// Keeps what PerfKit itself uses within a budget, by lowering its own detail step by step: first how closely slices of services
/// are looked at, then how often samples are taken. Detail comes back when there is room for it. One caller at a time.
/// </summary>
/// <param name="percent">The budget, in percent of one core.</param>
/// <param name="sampler">Whose samples may become fewer.</param>
/// <param name="time">The clock.</param>
/// <param name="used">CPU time that PerfKit has used so far, without what it was asked for.</param>
/// <param name="logger">Told when detail is first lowered, and when samples are first left out.</param>
internal sealed class CpuBudget(double percent, ResourceSampler sampler, TimeProvider time, Func<TimeSpan> used, ILogger logger)
{
    internal const int Lowest = AttributionDetail.Lowest + MaxThinning;

    private const int MaxThinning = 6; // one sample in 64
    private const int StepsOfRoom = 6;

    /// <summary>Over how long it judges: less would be the noise of a single audit.</summary>
    internal static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private long? _since;
    private bool _isWarm; // the first step, in which PerfKit's own code is compiled, tells nothing of later ones
    private TimeSpan _usedBefore;
    private int _roomy;
    private bool _hasTold;
    private bool _hasToldOfSamples;
    private double _seen;
    private DateTimeOffset _seenAt;

    /// <summary>0 for full detail; each step up costs less.</summary>
    public int Level { get; private set; }

    /// <summary>What is less detailed than it should be, and why; <c>null</c> at full detail.</summary>
    public string? Notice { get; private set; }

    /// <summary>Compares what was used since the last step with the budget, when a step has passed.</summary>
    public void Check()
    {
        long now = time.GetTimestamp();
        if (_since is not long since)
        {
            (_since, _usedBefore) = (now, used());
            return;
        }
        TimeSpan passed = time.GetElapsedTime(since, now);
        if (passed < Step)
            return;
        TimeSpan total = used();
        double spent = (total - _usedBefore) / passed * 100;
        (_since, _usedBefore) = (now, total);
        if (!_isWarm)
        {
            _isWarm = true;
            return;
        }
        // Half of the budget, for a minute: one step of detail may well cost twice as much.
        _roomy = spent < percent / 2 ? _roomy + 1 : 0;
        if (spent > percent)
            Take(Math.Min(Level + 1, Lowest), spent);
        else if (Level > 0 && _roomy >= StepsOfRoom)
            Take(Level - 1, spent);
    }

    /// <summary>Takes back what it lowered: nothing is sampled any more, or not for a while.</summary>
    public void End()
    {
        Take(0, 0);
        (_since, _roomy) = (null, 0);
    }

    private void Take(int level, double spent)
    {
        if (level == Level)
            return;
        if (level > Level)
            (_seen, _seenAt) = (spent, time.GetUtcNow());
        Level = level;
        _roomy = 0;
        AttributionDetail.Want(this, Math.Min(level, AttributionDetail.Lowest)); // there may be other auditors
        sampler.TakenOneIn = 1 << Math.Max(0, level - AttributionDetail.Lowest);
        Notice = level == 0 ? null : Told();
        bool isNews = !_hasTold || (sampler.TakenOneIn > 1 && !_hasToldOfSamples);
        if (Notice is null || !isNews)
            return;
        _hasTold = true;
        _hasToldOfSamples |= sampler.TakenOneIn > 1;
        logger.OverBudget(Notice);
    }

    private string Told()
    {
        string samples = sampler.TakenOneIn == 1 ? ""
            : $" Only one sample in {sampler.TakenOneIn} is taken, one every {Quantity.Of(sampler.Interval * sampler.TakenOneIn).Format()}.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"PerfKit used {_seen:0.##} % of a core, more than its budget of {percent:0.##} %, in the {Step.TotalSeconds:0} s up to {_seenAt.UtcDateTime:HH:mm:ss} UTC. Until there is room again, slices of services are told apart into CPU and blocked time from {Quantity.Of(AttributionDetail.ClockedTime).Format()} on, their I/O and what they waited for a CPU from {Quantity.Of(AttributionDetail.FiledTime).Format()} on: shorter waits for a CPU count as blocked, and while the machine is busy such time is left out of PK0006.{samples} For more detail raise OwnCpuPercent or SamplingInterval.");
    }
}
