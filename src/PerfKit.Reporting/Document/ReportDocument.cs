namespace PerfKit.Reporting;

/// <summary>
/// A report as neutral blocks: what was found, before anybody decides how it looks. Immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// Lists are taken as they are given; whoever builds a document does not change them afterwards. Equality of documents is
/// equality of references in their lists; compare <see cref="ToJson"/> to compare content.
/// </remarks>
public sealed partial record ReportDocument
{
    /// <summary>The title, first thing in every rendering.</summary>
    public required string Title { get; init; }

    /// <summary>What was looked at (application, machine, window); <see langword="null"/> for none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>When the figures were taken. Rendered with its own offset, never in the local time of the renderer.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Headline figures, most important first; may be empty.</summary>
    public IReadOnlyList<ReportFact> Facts { get; init; } = [];

    /// <summary>The parts in reading order; may be empty.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];

    /// <summary>Binds several documents into one: their facts and sections one after another.</summary>
    /// <param name="title">The title of the whole.</param>
    /// <param name="documents">
    /// The parts in reading order. A fact or section whose name another part also uses gets the title of its part before it.
    /// </param>
    /// <returns>
    /// A document created at the latest of the parts' times, with the parts' distinct subtitles joined by a middle dot.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="documents"/> is empty.</exception>
    public static ReportDocument Combine(string title, params ReportDocument[] documents)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(documents);
        if (documents.Length == 0)
        {
            throw new ArgumentException("A combined report needs at least one document; none was given.", nameof(documents));
        }

        HashSet<string> sharedFacts = SharedNames(documents, static document => document.Facts.Select(fact => fact.Label));
        HashSet<string> sharedSections = SharedNames(documents, static document => document.Sections.Select(section => section.Title));
        string[] subtitles = [.. documents.Select(document => document.Subtitle).OfType<string>().Distinct(StringComparer.Ordinal)];
        return new ReportDocument
        {
            Title = title,
            Subtitle = subtitles.Length == 0 ? null : string.Join(" · ", subtitles),
            CreatedAt = documents.Max(document => document.CreatedAt),
            Facts =
            [
                .. documents.SelectMany(document => document.Facts.Select(fact =>
                    sharedFacts.Contains(fact.Label) ? fact with { Label = $"{document.Title}: {fact.Label}" } : fact)),
            ],
            Sections =
            [
                .. documents.SelectMany(document => document.Sections.Select(section =>
                    sharedSections.Contains(section.Title) ? section with { Title = $"{document.Title}: {section.Title}" } : section)),
            ],
        };
    }

    private static HashSet<string> SharedNames(ReportDocument[] documents, Func<ReportDocument, IEnumerable<string>> names) =>
        documents
            .SelectMany(document => names(document).Distinct(StringComparer.Ordinal))
            .GroupBy(name => name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
}
