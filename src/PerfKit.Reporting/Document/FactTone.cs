namespace PerfKit.Reporting;

/// <summary>How a fact, a limit or a notice should strike the reader.</summary>
public enum FactTone
{
    /// <summary>Says what is, without a judgment.</summary>
    Neutral,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Worth a look.</summary>
    Warning,

    /// <summary>Needs action.</summary>
    Bad,
}
