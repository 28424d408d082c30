using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PerfKit.Storage;

/// <summary>
/// Turns a parsed report into runs. The format is what BenchmarkDotNet's JsonExporter writes; figures that could not be had stand
/// there as <c>"NaN"</c>, as an empty text or not at all.
/// </summary>
internal static class ReportReader
{
    private const int MaxCharacters = 256;
    private const string TitleTime = "yyyyMMdd-HHmmss";

    /// <summary>BenchmarkDotNet is not older, and this file format will not be younger: other instants are mistakes.</summary>
    private const int FirstYear = 2013, LastYear = 2099;

    public static List<AuditRun> Read(Node root, ReadOnlySpan<byte> content, DateTimeOffset written, BenchmarkDotNetOrigin origin)
    {
        Node host = root.Member("HostEnvironmentInfo");
        Dictionary<string, string> facts = Facts(host);
        DateTimeOffset finished = Finished(root.Member("Title"), written, origin.TimeZone ?? TimeZoneInfo.Local);
        string machine = origin.MachineFingerprint ?? Short($"{facts.GetValueOrDefault("processor", "unknown processor")}, {facts.GetValueOrDefault("logical cores", "?")} logical cores, {facts.GetValueOrDefault("architecture", "?")}");

        List<AuditRun> runs = [];
        foreach (IGrouping<string, (string Job, List<RunMetric> Metrics)> job in root.Member("Benchmarks").List(ReadBenchmark).Where(read => read.Metrics.Count > 0).GroupBy(read => read.Job))
        {
            var run = new AuditRun
            {
                Id = Identify(content, origin.Application, job.Key),
                Application = origin.Application,
                Kind = AuditKind.Benchmark,
                FinishedAt = finished,
                MachineFingerprint = machine,
                Commit = origin.Commit,
                Branch = origin.Branch,
                Facts = new Dictionary<string, string>(facts, StringComparer.Ordinal) { ["job"] = Short(job.Key) },
                Metrics = [.. job.SelectMany(read => read.Metrics)],
            };
            RunRules.Check(run);
            runs.Add(run);
        }

        return runs;
    }

    private static (string Job, List<RunMetric> Metrics) ReadBenchmark(Node node)
    {
        string service = Short(node.Member("Type").Text()), method = node.Member("Method").Text();
        string operation = Short(node.Member("Parameters").OptionalText() is { Length: > 0 } parameters ? $"{method}({parameters})" : method);
        List<RunMetric> metrics = [];
        if (node.OptionalMember("Statistics") is { } statistics)
        {
            Add(BenchmarkDotNetMetrics.Mean, statistics.Member("Mean").NumberIfKnown(), "ns");
            Add(BenchmarkDotNetMetrics.Median, statistics.Member("Median").NumberIfKnown(), "ns");
            Add(BenchmarkDotNetMetrics.StandardError, statistics.Member("StandardError").NumberIfKnown(), "ns");
            Add(BenchmarkDotNetMetrics.P95, statistics.OptionalMember("Percentiles")?.Member("P95").NumberIfKnown(), "ns");
            Add(BenchmarkDotNetMetrics.Iterations, statistics.Member("N").Number(), "");
        }

        if (node.OptionalMember("Memory") is { } memory)
        {
            Add(BenchmarkDotNetMetrics.Allocated, memory.Member("BytesAllocatedPerOperation").NumberIfKnown(), "B");
            double operations = memory.Member("TotalOperations").Number();
            foreach ((string metric, string member) in ((string, string)[])
            [
                (BenchmarkDotNetMetrics.Gen0, "Gen0Collections"), (BenchmarkDotNetMetrics.Gen1, "Gen1Collections"), (BenchmarkDotNetMetrics.Gen2, "Gen2Collections"),
            ])
            {
                double? collections = memory.Member(member).NumberIfKnown();
                if (operations > 0)
                    Add(metric, collections * 1_000 / operations, "per 1,000 operations");
            }
        }

        return (Job(node.Member("DisplayInfo").OptionalText()), metrics);

        void Add(string metric, double? value, string unit)
        {
            if (value is { } known)
                metrics.Add(new RunMetric(service, metric, known, unit) { Operation = operation });
        }
    }

    /// <summary>The display text is "Type.Method: Job(settings) [parameters]".</summary>
    private static string Job(string? display)
    {
        int start = display?.IndexOf(": ", StringComparison.Ordinal) ?? -1;
        if (start < 0)
            return "";
        int end = display!.IndexOf(" [", start, StringComparison.Ordinal);
        return end < 0 ? display[(start + 2)..] : display[(start + 2)..end];
    }

    private static Dictionary<string, string> Facts(Node host)
    {
        Dictionary<string, string> facts = new(StringComparer.Ordinal);
        foreach ((string fact, string member) in ((string, string)[])
        [
            ("processor", "ProcessorName"), ("os", "OsVersion"), ("runtime", "RuntimeVersion"), ("architecture", "Architecture"),
            ("configuration", "Configuration"), ("BenchmarkDotNet", "BenchmarkDotNetVersion"),
        ])
        {
            if (host.Member(member).OptionalText() is { Length: > 0 } text)
                facts[fact] = Short(text);
        }

        foreach ((string fact, string member) in ((string, string)[])[("physical cores", "PhysicalCoreCount"), ("logical cores", "LogicalCoreCount")])
        {
            if (host.Member(member).NumberIfKnown() is { } number)
                facts[fact] = Node.Invariant(number);
        }

        return facts;
    }

    /// <summary>The title ends with the instant when the benchmarks began to run, on the clock of their machine.</summary>
    private static DateTimeOffset Finished(Node title, DateTimeOffset written, TimeZoneInfo zone)
    {
        string? text = title.OptionalText();
        bool isKnown = DateTime.TryParseExact(
            text?[Math.Max(0, text.Length - TitleTime.Length)..], TitleTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local);
        if (isKnown && local.Year is >= FirstYear and <= LastYear)
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        return written.Year is >= FirstYear and <= LastYear ? written : throw title.Refused(
            $"a text that ends in {TitleTime}, of the years {FirstYear} to {LastYear}, or any if the file's own date is of these");
    }

    /// <summary>The same report always gives the same runs, so that it is added once.</summary>
    private static Guid Identify(ReadOnlySpan<byte> content, string application, string job)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(content);
        hash.AppendData(Encoding.UTF8.GetBytes($"\n{application}\n{job}"));
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>Parameters may be long: what is cut off is told apart by its hash.</summary>
    private static string Short(string text)
    {
        if (text.Length <= MaxCharacters)
            return text;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));
        int kept = MaxCharacters - hash.Length - 2;
        return $"{text.AsSpan(0, char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept)}… {hash}";
    }
}
