using Microsoft.Extensions.Logging;
using PerfKit.Analysis;

namespace PerfKit.Tests;

public sealed class AlertDispatcherTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RecordingLogger _logger = new();
    private readonly MonitoringOptions _options = new();

    public void Dispose() => _logger.Dispose();

    [Fact]
    public void HandlerThatThrows_costsNoOther_andIsLoggedOnce()
    {
        var told = new List<AlertChangeKind>();
        _options.OnAlert(_ => throw new InvalidOperationException("mine")).OnAlert(change => told.Add(change.Kind));

        Told(Change(AlertChangeKind.Fired), Change(AlertChangeKind.Resolved));

        Assert.Equal([AlertChangeKind.Fired, AlertChangeKind.Resolved], told);
        Assert.Single(_logger.Messages, logged => logged.Message.StartsWith("A handler of alerts failed", StringComparison.Ordinal));
    }

    [Fact]
    public void Action_isTakenWhenItsAlertIsRaisedOrWorse_andNotWhenItIsOver()
    {
        var taken = new List<AlertChangeKind>();
        _options.OnAction("SCALE_UP", change => taken.Add(change.Kind)).OnAction("other", _ => Assert.Fail("Not its action."));

        Told([.. Enum.GetValues<AlertChangeKind>().Select(Change)]);

        Assert.Equal([AlertChangeKind.Fired, AlertChangeKind.Escalated], taken);
    }

    [Fact]
    public void EveryChange_isLoggedAtItsLevel()
    {
        Told(Change(AlertChangeKind.Fired), Change(AlertChangeKind.Escalated), Change(AlertChangeKind.Resolved), Change(AlertChangeKind.Lost));

        Assert.Equal([LogLevel.Warning, LogLevel.Critical, LogLevel.Information, LogLevel.Warning], _logger.Messages.Select(logged => logged.Level));
        Assert.Equal("Alert cpu of the process: cpu_usage_percent is 91 (percent), above 80 for 30 s. Value 91, limit 80, action scale_up.", _logger.Messages.First().Message);
    }

    [Fact]
    public void HandlerThatHangs_holdsUpNobody_andTheOldestChangesGiveWay()
    {
        using var hangs = new ManualResetEventSlim();
        using var free = new ManualResetEventSlim();
        _options.OnAlert(_ => { hangs.Set(); free.Wait(Patience); });
        var dispatcher = new AlertDispatcher(_options, new QuietLogger(_logger));
        SignaledThread telling = dispatcher.Start();
        dispatcher.Post(Change(AlertChangeKind.Fired));
        Assert.True(hangs.Wait(Patience));

        for (int i = 0; i < AlertDispatcher.Capacity + 7; i++)
            dispatcher.Post(Change(AlertChangeKind.Fired));

        Assert.Equal(7, dispatcher.Lost);
        free.Set();
        telling.Stop();
    }

    [Fact]
    public void Start_whileTheLastThreadIsBeingStopped_tellsWhatComesAfter()
    {
        using var slow = new ManualResetEventSlim();
        using var free = new ManualResetEventSlim();
        using var told = new ManualResetEventSlim();
        _options.OnAlert(change =>
        {
            if (change.Kind == AlertChangeKind.Resolved)
            {
                told.Set();
                return;
            }
            slow.Set();
            free.Wait(Patience);
        });
        var dispatcher = new AlertDispatcher(_options, new QuietLogger(_logger));
        SignaledThread first = dispatcher.Start();
        dispatcher.Post(Change(AlertChangeKind.Fired));
        Assert.True(slow.Wait(Patience));
        var stopping = new Thread(first.Stop);
        stopping.Start();

        SignaledThread second = dispatcher.Start();
        free.Set();
        Assert.True(stopping.Join(Patience));
        dispatcher.Post(Change(AlertChangeKind.Resolved));

        Assert.True(told.Wait(Patience));
        second.Stop();
    }

    private void Told(params AlertChange[] changes)
    {
        var dispatcher = new AlertDispatcher(_options, new QuietLogger(_logger));
        foreach (AlertChange change in changes)
            dispatcher.Post(change);
        dispatcher.Start().Stop(); // what waits is told first
    }

    private static AlertChange Change(AlertChangeKind kind) => new(kind, new Alert
    {
        Rule = "cpu",
        Figure = "cpu_usage_percent",
        Unit = "percent",
        Severity = kind == AlertChangeKind.Escalated ? AlertSeverity.Critical : AlertSeverity.Warning,
        Value = 91,
        Limit = 80,
        PastLimit = TimeSpan.FromSeconds(30),
        Action = "scale_up",
    });
}
