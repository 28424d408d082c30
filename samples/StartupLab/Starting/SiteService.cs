using PerfKit.Instrumentation;

namespace StartupLab;

/// <summary>A part of the site that has to be started.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Type">How much the site needs it.</param>
/// <param name="Needs">The parts that have to be ready before it starts.</param>
/// <param name="Start">The work.</param>
internal sealed record SiteService(string Name, ServiceType Type, IReadOnlyList<string> Needs, Func<Task> Start)
{
    public SiteService(string name, ServiceType type, IReadOnlyList<string> needs, Action start)
        : this(name, type, needs, () => { start(); return Task.CompletedTask; })
    {
    }
}
