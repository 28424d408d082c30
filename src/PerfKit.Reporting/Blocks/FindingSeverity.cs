namespace PerfKit.Reporting;

/// <summary>How bad a finding is, mildest first.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Low,

    /// <summary>Worth planning for.</summary>
    Medium,

    /// <summary>Users notice.</summary>
    High,

    /// <summary>Act now.</summary>
    Critical,
}
