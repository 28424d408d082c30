using Microsoft.Extensions.Logging;
using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Tests;

public sealed class CpuBudgetTests : IDisposable
{
    private readonly ManualClock _time = new();
    private readonly ResourceSampler _sampler = new();
    private readonly RecordingLogger _logger = new();
    private readonly CpuBudget _budget;
    private TimeSpan _used;

    public CpuBudgetTests()
    {
        _budget = new CpuBudget(1, _sampler, _time, () => _used, _logger);
        _budget.Check();
        Spend(50); // its own code is compiled
        Assert.Equal((0, null), (_budget.Level, _budget.Notice));
    }

    public void Dispose()
    {
        _budget.End();
        _sampler.Dispose();
    }

    [Theory]
    [InlineData(0.99, 0)]
    [InlineData(1.0, 0)]
    [InlineData(1.01, 1)]
    public void Check_justBelowAtAndAboveTheBudget_lowersDetailAboveItOnly(double percent, int level)
    {
        Spend(percent);

        Assert.Equal(level, _budget.Level);
        Assert.Equal(level > 0, _budget.Notice is not null);
    }

    [Fact]
    public void End_ofOneOfTwo_leavesWhatTheOtherLowered()
    {
        var other = new CpuBudget(1, _sampler, _time, () => _used, _logger);
        other.Check();
        Spend(5);
        other.Check();
        other.End();

        Assert.Equal(TimeSpan.FromMicroseconds(50), AttributionDetail.ClockedTime);
        _budget.End();
        Assert.Equal(TimeSpan.FromMicroseconds(20), AttributionDetail.ClockedTime);
    }

    [Fact]
    public void End_thenABusyPause_isNotJudgedWhenItGoesOn()
    {
        Spend(5);
        _budget.End();
        Assert.Null(_budget.Notice);
        _used += TimeSpan.FromMinutes(1);
        _time.Advance(TimeSpan.FromMinutes(1).TotalMilliseconds);
        _budget.Check();

        Assert.Equal(0, _budget.Level);
    }

    [Fact]
    public void Lease_returnedByTheLast_saysThatSamplingHasStopped()
    {
        int stops = 0;
        var lease = new SamplerLease(_sampler, () => stops++);
        IDisposable audit = lease.Take(), host = lease.Take();
        audit.Dispose();
        Assert.Equal(0, stops);
        host.Dispose();

        Assert.Equal(1, stops);
    }

    [Fact]
    public void Check_beforeAStepHasPassed_judgesNothing()
    {
        _budget.Check();
        _used += TimeSpan.FromSeconds(5);
        _time.Advance(CpuBudget.Step.TotalMilliseconds - 1);
        _budget.Check();

        Assert.Equal(0, _budget.Level);
    }

    [Fact]
    public void Check_alwaysOverBudget_endsAtTheLeastDetailAndTellsOfEachKindOnce()
    {
        for (int i = 0; i < CpuBudget.Lowest + 5; i++)
            Spend(5);

        Assert.Equal(CpuBudget.Lowest, _budget.Level);
        Assert.Contains("used 5 % of a core, more than its budget of 1 %", _budget.Notice, StringComparison.Ordinal);
        Assert.Contains("one sample in 64 is taken, one every 1 min 04 s", _budget.Notice, StringComparison.Ordinal);
        Assert.Contains("shorter waits for a CPU count as blocked", _budget.Notice, StringComparison.Ordinal);
        Assert.Contains("raise OwnCpuPercent or SamplingInterval", _budget.Notice, StringComparison.Ordinal);
        Assert.Collection(
            _logger.Messages,
            first => Assert.DoesNotContain("sample in", first.Message, StringComparison.Ordinal),
            second => Assert.Contains("one sample in 2 is taken", second.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_withRoomForAMinute_takesDetailBack()
    {
        Spend(2);
        for (int i = 0; i < 5; i++)
            Spend(0.4);
        Assert.Equal(1, _budget.Level);
        Spend(0.4);

        Assert.Equal((0, null), (_budget.Level, _budget.Notice));
    }

    [Fact]
    public void Check_withLittleRoom_staysWhereItIs()
    {
        Spend(2);
        for (int i = 0; i < 20; i++)
            Spend(0.6);

        Assert.Equal(1, _budget.Level);
    }

    // A step of time in which so many percent of a core were used.
    private void Spend(double percent)
    {
        _used += CpuBudget.Step * (percent / 100);
        _time.Advance(CpuBudget.Step.TotalMilliseconds);
        _budget.Check();
    }
}
