namespace PerfKit.StartupAccuracy;

/// <summary>How often the critical path, slack and predictions of generated programs are right.</summary>
internal static class GraphAccuracy
{
    private static readonly (ScopeStyle Style, string Name)[] Styles =
        [(ScopeStyle.MethodPerFlow, "a flow's scopes in one method"), (ScopeStyle.MethodPerScope, "each scope in a method of its own")];

    public static IEnumerable<Verdict> Measure(int seed, int programs)
    {
        using var time = new SimulatedTime();
        var trials = new Dictionary<ScopeStyle, GraphTrial[]>();
        int ties = 0;
        foreach ((ScopeStyle style, _) in Styles)
        {
            GraphTrial[] run = [.. Enumerable.Range(seed, programs).Select(i => GraphTrial.Run(i, style, time)).Where(trial => trial.Records > 0)];
            trials[style] = [.. run.Where(trial => !trial.HasNearTie)];
            ties = run.Count(trial => trial.HasNearTie);
        }

        Print.Line($"Generated programs, seeds {seed} to {seed + programs - 1}, simulated clock, each continuation on another thread.");
        Print.Table(
            ["style", "programs", "scopes", "path right", "services' slack wrong", "more than true", "predictions wrong"],
            from style in Styles
            from trialsOfKind in trials[style.Style].ToLookup(trial => trial.HasUnawaited).OrderBy(kind => kind.Key)
            select Row(style.Name, trialsOfKind.Key, [.. trialsOfKind]));
        foreach (GraphTrial trial in trials.Values.SelectMany(all => all).Where(trial => !trial.IsPathRight).Take(5))
            Print.Line($"  the critical path of --seed {trial.Seed} is wrong");

        Print.Line($"  set aside: {ties} programs in which a need became ready within a thread hop of the scope's turn");
        Console.WriteLine();

        GraphTrial[] all = [.. trials.Values.SelectMany(trials => trials)];
        GraphTrial[] known = [.. trials[ScopeStyle.MethodPerFlow].Where(trial => !trial.HasUnawaited)];
        GraphTrial[] ordered = trials[ScopeStyle.MethodPerFlow], timed = trials[ScopeStyle.MethodPerScope];
        int right = ordered.Count(trial => trial.IsPathRight), rightByTime = timed.Count(trial => trial.IsPathRight);
        int wrongSlack = known.Sum(trial => trial.WrongSlack), unsafeSlack = all.Sum(trial => trial.UnsafeSlack), wrongPredictions = known.Sum(trial => trial.WrongPredictions);
        return
        [
            Exact("critical paths that are right, link by link", Print.Text($"{right} of {ordered.Length}"), "all", right == ordered.Length),
            Exact("the same, order read off times alone", Print.Text($"{rightByTime} of {timed.Length}"), "at least 99.5 %", rightByTime * 1_000 >= timed.Length * 995),
            Exact("services with a wrong slack, where order and waits are known", Print.Text($"{wrongSlack}"), "none", wrongSlack == 0),
            Exact("services said to have more slack than they have, anywhere", Print.Text($"{unsafeSlack * 100.0 / all.Sum(trial => trial.Records):F2} %"), "at most 1 %", unsafeSlack * 100 <= all.Sum(trial => trial.Records)),
            Exact("wrong predictions for half the own work, where order and waits are known", Print.Text($"{wrongPredictions}"), "none", wrongPredictions == 0),
        ];
    }

    private static Verdict Exact(string claim, string figure, string limit, bool holds) => new(claim, figure, limit, holds) { IsExact = true };

    private static string[] Row(string style, bool hasUnawaited, GraphTrial[] trials) =>
    [
        hasUnawaited ? $"{style}; some flows unawaited" : style,
        Print.Text($"{trials.Length}"),
        Print.Text($"{trials.Sum(trial => trial.Records)}"),
        Print.Text($"{trials.Count(trial => trial.IsPathRight)}"),
        Print.Text($"{trials.Sum(trial => trial.WrongSlack)}"),
        Print.Text($"{trials.Sum(trial => trial.UnsafeSlack)}"),
        Print.Text($"{trials.Sum(trial => trial.WrongPredictions)}"),
    ];
}
