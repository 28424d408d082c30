using PerfKit.Instrumentation;

namespace PerfKit.StartupAccuracy;

/// <summary>How a program's scopes are spread over methods: a scope that a called method ended is not known to the caller's flow.</summary>
internal enum ScopeStyle
{
    /// <summary>All scopes of a flow stand in one method, so that PerfKit knows their order.</summary>
    MethodPerFlow,

    /// <summary>Each scope stands in an async method of its own, so that their order has to be read off their times.</summary>
    MethodPerScope,
}

/// <summary>Runs a generated program as an application would be run: async methods, and PerfKit's own tracker and scopes.</summary>
internal sealed class SimulatedStart
{
    private readonly Dictionary<string, TaskCompletionSource> _ready = new(StringComparer.Ordinal);
    private readonly SimulatedTime _time;
    private readonly ScopeStyle _style;
    private readonly StartupTracker _tracker;

    private SimulatedStart(SimulatedTime time, ScopeStyle style)
    {
        (_time, _style) = (time, style);
        _tracker = new StartupTracker(time);
    }

    public static StartupSnapshot Run(IReadOnlyList<Step> program, ScopeStyle style, SimulatedTime time)
    {
        var start = new SimulatedStart(time, style);
        time.Run(() => start.RunAsync(program));
        return start._tracker.Snapshot();
    }

    private async Task RunAsync(IReadOnlyList<Step> program)
    {
        foreach (Step.Scope scope in Step.ScopesIn(program))
            _ready[scope.Name] = new TaskCompletionSource();
        await GoAsync(program);
        _tracker.MarkReady();
    }

    private async Task GoAsync(IReadOnlyList<Step> steps)
    {
        var open = new Stack<(StartupScope? Scope, IEnumerator<Step> Body)>([(null, steps.GetEnumerator())]);
        while (open.TryPeek(out (StartupScope? Scope, IEnumerator<Step> Body) block))
        {
            if (!block.Body.MoveNext())
            {
                open.Pop();
                block.Scope?.Dispose();
                if (block.Scope is not null)
                    _ready[block.Scope.Name].SetResult();
                continue;
            }
            switch (block.Body.Current)
            {
                case Step.Work work:
                    await _time.Pass(work.Time);
                    break;
                case Step.Scope scope when _style == ScopeStyle.MethodPerFlow:
                    open.Push((_tracker.Begin(scope.Name), scope.Body.GetEnumerator()));
                    await NeedsAsync(scope, open.Peek().Scope!);
                    break;
                case Step.Scope scope:
                    await GoAsync(scope);
                    break;
                case Step.Together together:
                    await Task.WhenAll(together.Flows.Select(GoAsync).ToArray());
                    break;
                case Step.Apart apart:
                    _ = GoAsync(apart.Flow);
                    break;
            }
        }
    }

    private async Task GoAsync(Step.Scope step)
    {
        using (StartupScope scope = _tracker.Begin(step.Name))
        {
            await NeedsAsync(step, scope);
            await GoAsync(step.Body);
        }
        _ready[step.Name].SetResult();
    }

    private Task NeedsAsync(Step.Scope step, StartupScope scope)
    {
        foreach (string need in step.Needs)
            scope.AddDependency(need);
        return Task.WhenAll(step.Needs.Select(need => _ready[need].Task));
    }
}
