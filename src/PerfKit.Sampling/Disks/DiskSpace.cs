namespace PerfKit.Sampling;

/// <summary>How full a disk is. Immutable.</summary>
/// <param name="Path">The folder that was asked for; the disk is the one it lies on.</param>
/// <param name="UsedBytes">Bytes in use.</param>
/// <param name="AvailableBytes">Bytes that this user may still write; less than what is free where some is kept for others.</param>
public sealed record DiskSpace(string Path, long UsedBytes, long AvailableBytes)
{
    /// <summary>Gets the part in use of what is in use or may be used, in percent from 0 to 100; 0 for a disk without any space.</summary>
    public double UsedPercent => UsedBytes + AvailableBytes > 0 ? 100.0 * UsedBytes / ((double)UsedBytes + AvailableBytes) : 0;
}
