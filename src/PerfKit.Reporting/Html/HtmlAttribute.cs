namespace PerfKit.Reporting;

/// <summary>An attribute that is left out when it has no value. The name is ours; the value is escaped like any text.</summary>
internal readonly record struct HtmlAttribute(string Name, string? Value);
