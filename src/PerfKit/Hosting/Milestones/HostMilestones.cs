namespace PerfKit;

/// <summary>Names of the instants that a host passes.</summary>
internal static class HostMilestones
{
    public const string Building = "host building";
    public const string Built = "host built";
    public const string Started = "host started";
    public const string FirstRequest = "first request";
}
