namespace PerfKit.Analysis;

/// <summary>Critical levels that follow from warning levels, limits of single services, and the check of them all.</summary>
public sealed partial class Thresholds
{
    internal double CpuCriticalPercent => ThresholdCatalog.Cpu.CriticalOf(this);

    internal double ServiceCpuCriticalCores => ThresholdCatalog.ServiceCpu.CriticalOf(this);

    internal double MemoryCriticalBytes => ThresholdCatalog.Memory.CriticalOf(this);

    internal double StartupCriticalSeconds => ThresholdCatalog.Startup.CriticalOf(this);

    internal double IoBytesCriticalPerSecond => ThresholdCatalog.IoBytes.CriticalOf(this);

    internal double IoOperationsCriticalPerSecond => ThresholdCatalog.IoOperations.CriticalOf(this);

    internal double BlockedPoolCriticalThreads => ThresholdCatalog.BlockedPool.CriticalOf(this);

    internal double LockWaitCriticalThreads => ThresholdCatalog.LockWait.CriticalOf(this);

    internal double CpuWaitCriticalThreadsPerCore => ThresholdCatalog.CpuWait.CriticalOf(this);

    internal double LeakCriticalPerMinute => ThresholdCatalog.Leak.CriticalOf(this);

    internal double ThreadPoolQueueCriticalSeconds => ThresholdCatalog.ThreadPoolQueue.CriticalOf(this);

    internal double GcPauseCriticalPercent => ThresholdCatalog.GcPause.CriticalOf(this);

    internal double ExceptionsCriticalPerSecond => ThresholdCatalog.Exceptions.CriticalOf(this);

    internal double CpuThrottledCriticalPercent => ThresholdCatalog.CpuThrottled.CriticalOf(this);

    internal double OperationP99CriticalSeconds => ThresholdCatalog.OperationP99.CriticalOf(this);

    internal double OperationFailedCriticalPercent => ThresholdCatalog.OperationFailed.CriticalOf(this);

    /// <summary>An independent copy.</summary>
    /// <returns>The copy.</returns>
    public Thresholds Clone() => (Thresholds)MemberwiseClone(); // Services never change in place

    /// <summary>Gives one service a limit of its own, in place of what holds for all.</summary>
    /// <param name="service">The service's or the operation's name, in exact case.</param>
    /// <param name="key">The key of a threshold of <see cref="ThresholdGroup.Service"/>, such as <c>response_time_seconds</c>.</param>
    /// <param name="warning">The warning level, in the unit of the threshold.</param>
    /// <param name="critical">The critical level; <c>null</c> to follow the warning level.</param>
    /// <exception cref="ArgumentException">The name is blank, or no threshold of services has the key.</exception>
    public void Override(string service, string key, double warning, double? critical = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        if (ThresholdCatalog.Find(key) is not { Group: ThresholdGroup.Service } threshold)
            throw new ArgumentException($"'{key}' is no threshold of services; allowed: {ServiceKeys}.", nameof(key));
        var own = new Dictionary<string, ThresholdLevels>(StringComparer.Ordinal);
        foreach ((string other, ThresholdLevels levels) in Services.GetValueOrDefault(service) ?? own)
            own[other] = levels;
        own[threshold.Key] = new ThresholdLevels(warning, critical);
        _services = new Dictionary<string, IReadOnlyDictionary<string, ThresholdLevels>>(Services, StringComparer.Ordinal) { [service] = own };
    }

    /// <summary>The limits that hold for one service.</summary>
    /// <param name="service">The service's or the operation's name.</param>
    /// <returns>A copy with the service's own limits in place, or this instance when it has none.</returns>
    public Thresholds For(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (!Services.TryGetValue(service, out IReadOnlyDictionary<string, ThresholdLevels>? own))
            return this;
        Thresholds copy = Clone();
        foreach ((string key, ThresholdLevels levels) in own)
            ThresholdCatalog.Find(key)?.Set(copy, levels);
        return copy;
    }

    /// <summary>Checks every limit.</summary>
    /// <returns>One sentence for each field that is wrong, with its value and what is allowed; empty when all is well.</returns>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        foreach (ThresholdDefinition threshold in ThresholdCatalog.All)
        {
            var levels = new ThresholdLevels(threshold.WarningOf(this), threshold.ExplicitCriticalOf(this));
            if (threshold.Mistake(levels, threshold.Property, threshold.IsDuration ? LimitRange.Duration : LimitRange.Number) is { } mistake)
                errors.Add($"{threshold.Property}{(mistake.IsCritical ? "Critical" : "")} is {mistake.Value}; allowed: {mistake.Allowed}.");
        }
        foreach ((string service, IReadOnlyDictionary<string, ThresholdLevels> own) in Services)
            errors.AddRange(own.Select(limit => MistakeOf(service, limit.Key, limit.Value)).OfType<string>());
        return errors;
    }

    private static string ServiceKeys => string.Join(", ", ThresholdCatalog.All.Where(threshold => threshold.Group == ThresholdGroup.Service));

    private static string? MistakeOf(string service, string key, ThresholdLevels levels)
    {
        string path = $"{nameof(Services)}[{service}][{key}]";
        if (ThresholdCatalog.Find(key) is not { Group: ThresholdGroup.Service } threshold)
            return $"{path} is no threshold of services; allowed: {ServiceKeys}.";
        return threshold.Mistake(levels, nameof(levels.Warning), LimitRange.Number) is { } mistake
            ? $"{path}.{(mistake.IsCritical ? nameof(levels.Critical) : nameof(levels.Warning))} is {mistake.Value}; allowed: {mistake.Allowed}."
            : null;
    }
}
