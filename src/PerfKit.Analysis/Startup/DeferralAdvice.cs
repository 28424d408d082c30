using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>Advice to take optional and background services out of what start-up waits for.</summary>
internal static class DeferralAdvice
{
    public static List<Recommendation> All(StartupView view)
    {
        var advice = new List<Recommendation>();
        var isInsideAnother = new HashSet<string>(StringComparer.Ordinal);
        IEnumerable<StartupService> services = view.Startup.Services.Values
            .Where(service => !service.IsAfterReady && view.OnPath(service.Name) >= view.MinSaving)
            .OrderByDescending(service => view.OnPath(service.Name)).ThenBy(service => service.Order)
            .Take(StartupOpportunities.MostProposals * 2);
        foreach (StartupService service in services)
        {
            if (isInsideAnother.Contains(service.Name) || Of(view, service) is not { } found || found.Saving!.AtLeast < view.MinSaving.TotalSeconds)
                continue;
            advice.Add(found);
            isInsideAnother.UnionWith(view.Inside(service.Name).Select(inner => inner.Name));
        }
        return advice;
    }

    /// <summary>The advice for a service; <c>null</c> for one that is essential, and for one that something waits for anyway.</summary>
    public static Recommendation? Of(StartupView view, StartupService service)
    {
        if (service.Type == ServiceType.Essential)
            return null;
        StartupService[] essential = view.Inside(service.Name).Where(inner => inner.Type == ServiceType.Essential).ToArray();
        StartupPrediction prediction = view.WhatIf.Defer(service.Name);
        if (prediction.NeededBeforeReady.Count > 0)
            return essential.Length > 0 ? null : Beside(view, service);
        // What is essential stays where it is, also when it is started inside something that is not.
        if (essential.Length > 0)
        {
            IEnumerable<string> moved = view.Inside(service.Name).Except(essential).Select(inner => inner.Name).Prepend(service.Name);
            prediction = view.WhatIf.Predict([.. moved.Select(name => StartupChange.Speed(name, 100))]);
        }
        bool isBackground = service.Type == ServiceType.Background;
        return new Recommendation
        {
            Rule = Rule.StartupSlow,
            Service = service.Name,
            Title = isBackground ? $"Start {service.Name} after the application is ready" : $"Make {service.Name} ready on first use",
            Actions =
            [
                .. essential.Length > 0 ? [$"Start what is essential outside of it first: {Text.List(essential.Select(inner => inner.Name))}."] : (string[])[],
                How(view, service),
                "Answer what needs it before it is ready with a wait or a clear 'not ready yet', whichever users prefer.",
                "Keep its scope where the work happens, so that the next audit still sees it.",
            ],
            Effort = Effort.Medium,
            Saving = StartupView.Saving(prediction),
            Basis = $"{service.Name} is {service.Type.ToString().ToLowerInvariant()}, and nothing that starts before ready is known to need it. "
                + StartupView.Tell(essential.Length > 0 ? "without its own work" : "without it", prediction)
                + " What it costs those who then start or serve beside it is left out.",
            Verification = "Compare the next start with this one: StartupComparison states the predicted and the achieved saving.",
            Evidence = view.EvidenceOf(service.Name),
            Changes = essential.Length > 0 ? [StartupChange.Speed(service.Name, 100)] : [StartupChange.Defer(service.Name)],
        };
    }

    private static string How(StartupView view, StartupService service)
    {
        if (view.IsHosted(service.Name))
            return $"Make {service.Name} a BackgroundService and move its work into ExecuteAsync: the host does not wait for that.";
        return service.Type == ServiceType.Background
            ? $"Move the start of {service.Name} behind the host's ApplicationStarted event."
            : $"Wrap {service.Name} in Lazy<Task<…>>, or build it in a background task that requests await.";
    }

    private static Recommendation Beside(StartupView view, StartupService service)
    {
        StartupPrediction prediction = view.WhatIf.Background(service.Name);
        string dependants = Text.List(view.DependantsOf(service.Name));
        return new Recommendation
        {
            Rule = Rule.StartupSlow,
            Service = service.Name,
            Title = $"Start {service.Name} beside what follows it",
            Actions =
            [
                $"Begin the start of {service.Name} as a task, and go on with what follows.",
                dependants.Length > 0 ? $"Await that task only where it is needed: in {dependants}." : "Await that task only where it is needed.",
                "Look at its failure when the task is awaited, so that it is not lost.",
            ],
            Effort = Effort.Medium,
            Saving = StartupView.Saving(prediction),
            Basis = $"{service.Name} is {service.Type.ToString().ToLowerInvariant()}, but {(dependants.Length > 0 ? dependants : "something")} needs it before ready, so it cannot be deferred. "
                + StartupView.Tell("with it beside what follows", prediction),
            Verification = "Compare the next start with this one: StartupComparison states the predicted and the achieved saving.",
            Evidence = view.EvidenceOf(service.Name),
            Changes = [StartupChange.Background(service.Name)],
        };
    }
}
