using System.Text;
using System.Text.Json;

namespace PerfKit.Storage;

/// <summary>Reads runs from JSON: a line of the store, or a whole exported file. The first thing that is not allowed ends it.</summary>
internal static class RunReader
{
    /// <summary>Reads one line of the store; <see langword="null"/> when it is torn or not a run.</summary>
    public static AuditRun? TryReadLine(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return ReadRun(Node.Root(document));
        }
        catch (Exception error) when (error is JsonException or StoreFormatException or InvalidOperationException)
        {
            return null;        // InvalidOperation: a text holds an escaped half of a surrogate pair
        }
    }

    /// <exception cref="StoreFormatException">The file is not an export, or something in it is not allowed.</exception>
    public static List<AuditRun> ReadFile(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble))       // some editors put one there, the parser takes none
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            Node root = Node.Root(document);
            root.Member("format").MustBe(ExportFile.FormatName);
            root.Member("version").MustBe(ExportFile.CurrentVersion);
            return root.Member("runs").List(ReadRun);
        }
        catch (JsonException error)
        {
            string place = $"broken at line {Node.Invariant((error.LineNumber ?? 0) + 1)}, byte {Node.Invariant((error.BytePositionInLine ?? 0) + 1)}";
            throw new StoreFormatException("$", place, "one complete JSON document", error);
        }
        catch (InvalidOperationException error)
        {
            throw new StoreFormatException("$", "not all valid Unicode", "text in valid Unicode", error);
        }
    }

    private static AuditRun ReadRun(Node node)
    {
        var run = new AuditRun
        {
            Id = node.Member("id").Identifier(),
            Application = node.Member("application").Text(),
            Kind = node.Member("kind").Kind(),
            FinishedAt = node.Member("finishedAt").Instant(),
            MachineFingerprint = node.Member("machineFingerprint").Text(),
            Metrics = node.Member("metrics").List(ReadMetric),
            Commit = node.Member("commit").OptionalText(),
            Branch = node.Member("branch").OptionalText(),
            Facts = node.Member("facts").OptionalTexts(),
        };

        return RunRules.FirstViolation(run) is { } violation
            ? throw new StoreFormatException(node.Path + violation.Path, violation.Value, violation.Allowed)
            : run;
    }

    private static RunMetric ReadMetric(Node node) =>
        new(node.Member("service").Text(), node.Member("metric").Text(), node.Member("value").Number(), node.Member("unit").Text())
        {
            Operation = node.Member("operation").OptionalText() ?? "",
        };
}
