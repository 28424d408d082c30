namespace PerfKit.Benchmarking;

/// <summary>What <c>perfkit.json</c> says: thresholds of operation types, when a figure is a regression, and what fails a build. Immutable.</summary>
/// <remarks><c>docs/ci.md</c> has an example with every key.</remarks>
public sealed record PerformanceConfiguration
{
    /// <summary>The operation type whose thresholds are for all types that have none of their own.</summary>
    public const string AnyType = "*";

    /// <summary>The usual name of the file.</summary>
    public const string FileName = "perfkit.json";

    /// <summary>Gets the thresholds by operation type, at most 200 of them; types are compared ordinally.</summary>
    public IReadOnlyDictionary<string, OperationThresholds> Thresholds { get; init; } = new Dictionary<string, OperationThresholds>();

    /// <summary>Gets when a figure is a regression against its history.</summary>
    public RegressionOptions Regressions { get; init; } = new();

    /// <summary>Gets by how many percent a figure must be worse than its baseline to be a regression; default 20, above 0.</summary>
    public double BaselineThresholdPercent { get; init; } = 20;

    /// <summary>Gets what fails a build; by default all but slight regressions.</summary>
    public IReadOnlyList<BuildFailure> FailOn { get; init; } = [BuildFailure.Minor, BuildFailure.Critical, BuildFailure.Threshold, BuildFailure.Error];

    /// <summary>Reads a configuration.</summary>
    /// <param name="json">JSON; comments and trailing commas are allowed, a key that is left out keeps its default.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="ConfigurationException">The text is no JSON, has a key that is not known or twice, or a value that is not
    /// allowed; every mistake is named with its path, its value and what is allowed.</exception>
    public static PerformanceConfiguration Parse(string json) => ConfigurationReader.Read(json, "The configuration");

    /// <summary>Reads a file; without it, the defaults count.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="ConfigurationException">As for <see cref="Parse"/>.</exception>
    /// <exception cref="IOException">The file is there but cannot be read, or a folder is in its place.</exception>
    public static PerformanceConfiguration Load(string path = FileName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path))
            throw new IOException($"The configuration {path} is a folder; allowed is the path of a file, which need not exist.");
        return File.Exists(path) ? ConfigurationReader.Read(Text(path), Path.GetFileName(path)) : new PerformanceConfiguration();
    }

    /// <summary>The thresholds for an operation type: its own, or else those of <see cref="AnyType"/>.</summary>
    /// <param name="operationType">The type.</param>
    /// <returns>The thresholds; without limits when there are none.</returns>
    public OperationThresholds ThresholdsOf(string operationType) =>
        Thresholds.TryGetValue(operationType, out OperationThresholds? own) || Thresholds.TryGetValue(AnyType, out own) ? own : new OperationThresholds();

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
