using System.Text.Json;

namespace PerfKit.Storage;

/// <summary>Makes runs of BenchmarkDotNet's full JSON reports, so that benchmarks get a history.</summary>
/// <remarks>
/// <para>
/// A report is a file whose name ends in <c>-report-full.json</c> or <c>-report-full-compressed.json</c>; BenchmarkDotNet writes it when it
/// is run with <c>--exporters fulljson</c>. Each job in it becomes a run of the kind <see cref="AuditKind.Benchmark"/>.
/// </para>
/// <para>
/// A figure's service is the benchmark's type, its operation the method with its parameters, its metric one of
/// <see cref="BenchmarkDotNetMetrics"/>, those of memory only if it was measured. What the report does not know is left out.
/// </para>
/// </remarks>
public static class BenchmarkDotNetReport
{
    private const long MaxBytes = 64L * 1024 * 1024;

    /// <summary>Reads a report without keeping it.</summary>
    /// <param name="path">The file, at most 64 MiB.</param>
    /// <param name="origin">What the report does not tell.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>A run for each job, in the order of the report; empty when no benchmark of it succeeded.</returns>
    /// <exception cref="StoreFormatException">The file is no such report, or something in it is not allowed.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank, or the origin is not what a run allows.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<AuditRun>> ReadAsync(string path, BenchmarkDotNetOrigin origin, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(origin);
        var file = new FileInfo(path);
        if (file.Length > MaxBytes)
            throw new StoreFormatException("$", $"{Node.Invariant(file.Length)} bytes", $"at most {Node.Invariant(MaxBytes)} bytes");

        byte[] content = await File.ReadAllBytesAsync(path, ct).ConfigureAwait(false);
        using JsonDocument document = JsonStream.ParseWhole(content);
        try
        {
            return ReportReader.Read(Node.Root(document), content, new DateTimeOffset(file.LastWriteTimeUtc), origin);
        }
        catch (InvalidOperationException error)         // a text holds an escaped half of a surrogate pair
        {
            throw JsonStream.NotUnicode(error);
        }
    }

    /// <summary>Adds the runs of a report to a store. Adding the same report again changes nothing.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">The file, at most 64 MiB. It is checked as a whole before anything is added.</param>
    /// <param name="origin">What the report does not tell.</param>
    /// <param name="ct">Cancels the import.</param>
    /// <returns>How many runs were added.</returns>
    /// <exception cref="StoreFormatException">The file is no such report, or something in it is not allowed. Nothing was added.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank, or the origin is not what a run allows.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<int> ImportAsync(IPerformanceStore store, string path, BenchmarkDotNetOrigin origin, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return await store.AppendManyAsync(await ReadAsync(path, origin, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
    }
}
