namespace PerfKit.Reporting;

/// <summary>How the text renderer writes.</summary>
public sealed record TextRendererOptions
{
    /// <summary>The columns of the console, 60 to 400; 100 unless said otherwise. What lies outside is refused.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 60 or above 400.</exception>
    public int Width
    {
        get;
        init => field = value is >= 60 and <= 400
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Width), value, "Width must be 60 to 400 columns.");
    } = 100;

    /// <summary>Whether to color with ANSI escape sequences; only when asked.</summary>
    public bool Color { get; init; }

    /// <summary>
    /// Whether to write only what matters first: the facts, notices, what was found and what to do about it. Evidence and reasons are left
    /// out, and all other blocks; the sections that are left out are named at the end.
    /// </summary>
    public bool Brief { get; init; }
}
