using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>Advice to start services together that ran one after the other and are not known to need each other.</summary>
internal static class ParallelAdvice
{
    // Each service more is one replay more; beyond these hardly any is long enough to matter.
    private const int MostServices = 12;

    // The phase that tracking writes.
    private const string Construction = "construction";

    /// <summary>The smallest group that wins about as much as all candidates together; <c>null</c> when it wins too little.</summary>
    /// <param name="view">The start.</param>
    /// <param name="moved">What is advised to leave the start: the group is chosen for what then remains.</param>
    public static Recommendation? Of(StartupView view, IReadOnlyList<Recommendation> moved)
    {
        StartupChange[] others = moved.SelectMany(advice => advice.Changes).ToArray();
        TimeSpan TotalWith(IReadOnlyCollection<string> services) => view.WhatIf.Predict([.. others, StartupChange.Parallel(services)]).Total;

        List<string> group = view.WhatIf.Candidates
            .Where(name => moved.All(advice => advice.Service != name) && view.OnPath(name) > TimeSpan.Zero && !IsBuiltByTheContainer(view, name))
            .OrderByDescending(view.OnPath).Take(MostServices).ToList();
        if (group.Count < 2)
            return null;
        // From the shortest: who wins next to nothing by being in the group need not be changed.
        TimeSpan notable = view.MinSaving / 4, total = TotalWith(group);
        for (int i = group.Count - 1; i >= 0 && group.Count > 2; i--)
        {
            List<string> without = [.. group.Where((_, index) => index != i)];
            TimeSpan left = TotalWith(without);
            if (left - total > notable)
                continue;
            (group, total) = (without, left);
        }
        StartupPrediction alone = view.WhatIf.Parallel(group);
        return alone.Saving >= view.MinSaving ? Advice(view, group, alone) : null;
    }

    // The container builds what is asked for when it is asked for: nobody has a call that could be put into a task, and of the
    // host itself there is nothing beside which it could start.
    private static bool IsBuiltByTheContainer(StartupView view, string service) =>
        view.Startup.Records.Where(record => record.Name == service).All(record => record.Phase == Construction);

    private static Recommendation Advice(StartupView view, List<string> group, StartupPrediction prediction)
    {
        string[] services = group.OrderBy(name => view.Startup.Services[name].Order).ToArray();
        string names = Text.List(services);
        var evidence = services.Select(name => new Evidence($"on the critical path: {name}", view.OnPath(name).TotalSeconds, MeasureUnit.Seconds)).ToList();
        bool areHosted = services.All(view.IsHosted);
        string[] ordered = services.Where(name => view.Startup.Services[name].Dependencies.Intersect(services, StringComparer.Ordinal).Any()).ToArray();
        return new Recommendation
        {
            Rule = Rule.StartupSlow,
            Service = group[0],
            Title = $"Start {names} together",
            Actions =
            [
                "Check that none of them uses another in a way that no scope declares: the order they ran in may have been needed.",
                areHosted
                    ? "Set HostOptions.ServicesStartConcurrently: the host then starts all of its hosted services together. What runs before a StartAsync's first await still runs one after the other: put it into Task.Run."
                    : "Begin each in a task of its own (Task.Run) where the first of them starts now, go on with what stands between them, and await them all (Task.WhenAll) where the last one starts now. Calling asynchronous methods alone runs the part before their first await one after the other.",
                .. ordered.Length > 0 ? [$"Keep {Text.List(ordered)} behind what {(ordered.Length == 1 ? "it needs" : "they need")}."] : (string[])[],
            ],
            Effort = Effort.Medium,
            Saving = StartupView.Saving(prediction),
            Basis = "They ran one after the other, and no name, timed block or construction ties them"
                + (ordered.Length > 0 ? " but what is kept in order. " : ". ") + StartupView.Tell("with them together", prediction),
            Verification = "Compare the next start with this one: StartupComparison states the predicted and the achieved saving.",
            Evidence = evidence,
            Changes = [StartupChange.Parallel(services)],
        };
    }
}
