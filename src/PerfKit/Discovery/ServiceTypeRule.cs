using System.IO.Enumeration;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>Says of some services how much the application needs them. Of several rules the first with an opinion decides.</summary>
/// <param name="Name">What the rule is called in messages. Not blank.</param>
/// <param name="TypeOf">
/// The type of a service; <c>null</c> for no opinion. Called once for each service and process that is discovered, on any thread. What
/// it throws is logged once, and counts as no opinion, as does a type that there is not.
/// </param>
public sealed record ServiceTypeRule(string Name, Func<ServiceInfo, ServiceType?> TypeOf)
{
    /// <summary>
    /// The default rules, in their order: as declared by a start-up scope; hosted services are background; other parts of this process
    /// (service contexts, operation meters) and the process itself are essential; what it started is optional; any other process is background.
    /// </summary>
    public static IReadOnlyList<ServiceTypeRule> Defaults { get; } =
    [
        new("declared", service => service.DeclaredType),
        new("hosted service", service => service.Origin == ServiceOrigin.HostedService ? ServiceType.Background : null),
        new("part of this process", service => service.Origin != ServiceOrigin.Process ? ServiceType.Essential : null),
        new("this process", service => service.ProcessId == Environment.ProcessId ? ServiceType.Essential : null),
        new("started by this process", service => service.IsStartedByThisProcess ? ServiceType.Optional : null),
        new("other process", _ => ServiceType.Background),
    ];

    /// <summary>A rule for services and processes by their name.</summary>
    /// <param name="pattern">The name, in any case; <c>*</c> stands for any text, <c>?</c> for one character.</param>
    /// <param name="type">Their type.</param>
    /// <returns>The rule, named after the pattern.</returns>
    /// <exception cref="ArgumentException">The pattern is blank, or there is no such type.</exception>
    public static ServiceTypeRule ByName(string pattern, ServiceType type)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        if (!Enum.IsDefined(type))
            throw new ArgumentOutOfRangeException(nameof(type), type, $"Allowed: {string.Join(", ", Enum.GetNames<ServiceType>())}.");
        return new(pattern, service => FileSystemName.MatchesSimpleExpression(pattern, service.Name) ? type : null);
    }
}
