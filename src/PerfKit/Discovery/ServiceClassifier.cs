using Microsoft.Extensions.Logging;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>Asks rules in turn. Thread-safe.</summary>
internal sealed class ServiceClassifier(IEnumerable<ServiceTypeRule> rules, ILogger logger)
{
    private readonly ServiceTypeRule[] _rules = [.. rules];
    private int _hasFailed;

    /// <summary>The service with its type; background when no rule has an opinion.</summary>
    public ServiceInfo Classify(ServiceInfo service)
    {
        foreach (ServiceTypeRule rule in _rules)
        {
            if (Ask(rule, service) is { } type && Enum.IsDefined(type))
                return service.Type == type ? service : service with { Type = type };
        }
        return service with { Type = ServiceType.Background };
    }

    private ServiceType? Ask(ServiceTypeRule rule, ServiceInfo service)
    {
        try
        {
            return rule.TypeOf(service);
        }
        catch (Exception exception)
        {
            if (Interlocked.Exchange(ref _hasFailed, 1) == 0)
                logger.ServiceTypeRuleFailed(exception, rule.Name, service.Name);
            return null;
        }
    }
}
