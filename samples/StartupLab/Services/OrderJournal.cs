using System.Buffers.Binary;
using System.Security.Cryptography;

namespace StartupLab;

/// <summary>
/// Replays what was not yet booked when the site last ended, and confirms each order on the disk before the next one:
/// nearly all of its time is the disk's.
/// </summary>
internal sealed class OrderJournal(string path)
{
    private const int OpenOrders = 50;

    public void Recover()
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] entry = new byte[512];
        for (int order = 0; order < OpenOrders; order++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(entry, order);
            SHA256.HashData(entry.AsSpan(0, 480), entry.AsSpan(480));
            file.Write(entry);
            file.Flush(flushToDisk: true);
        }
    }
}
