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

    /// <summary>Reads an exported file run by run. Its format and version must stand before its runs.</summary>
    /// <exception cref="StoreFormatException">The file is not an export, or something in it is not allowed; while it is enumerated.</exception>
    public static IEnumerable<AuditRun> ReadFile(Stream stream, CancellationToken ct)
    {
        var json = new JsonStream(stream);
        if (json.ReadUnless(JsonTokenType.StartObject) is { } other)
            Read(other, "$", root => root.Member("format"));       // which refuses it

        HashSet<string> met = new(StringComparer.Ordinal);
        while (json.ReadName() is { } name)
        {
            met.Add(name);
            if (name != "runs")
            {
                using JsonDocument value = json.ReadUnless(JsonTokenType.None)!;
                CheckHeader(name, Node.Root(value, "$." + name));
                continue;
            }

            RequireHeader(met);
            foreach (AuditRun run in ReadRuns(json, ct))
                yield return run;
        }

        RequireHeader(met);
        if (!met.Contains("runs"))
            Node.Missing("$.runs").List(ReadRun);
        json.ReadEnd();
    }

    private static IEnumerable<AuditRun> ReadRuns(JsonStream json, CancellationToken ct)
    {
        if (json.ReadUnless(JsonTokenType.StartArray) is { } other)
            Read(other, "$.runs", runs => runs.List(ReadRun));     // which refuses it
        for (int index = 0; json.ReadUnless(JsonTokenType.EndArray) is { } value; index++)
        {
            ct.ThrowIfCancellationRequested();
            yield return Read(value, $"$.runs[{Node.Invariant(index)}]", ReadRun);
        }
    }

    private static void CheckHeader(string name, Node value)
    {
        if (name == "format")
            value.MustBe(ExportFile.FormatName);
        else if (name == "version")
            value.MustBe(ExportFile.CurrentVersion);
    }

    private static void RequireHeader(HashSet<string> met)
    {
        foreach (string name in (string[])["format", "version"])
        {
            if (!met.Contains(name))
                CheckHeader(name, Node.Missing("$." + name));
        }
    }

    private static T Read<T>(JsonDocument document, string path, Func<Node, T> read)
    {
        try
        {
            using (document)
                return read(Node.Root(document, path));
        }
        catch (InvalidOperationException error)         // a text holds an escaped half of a surrogate pair
        {
            throw JsonStream.NotUnicode(error);
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
