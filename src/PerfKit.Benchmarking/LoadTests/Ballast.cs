namespace PerfKit.Benchmarking;

/// <summary>Memory that is held so that it is not there for others.</summary>
internal class Ballast
{
    private const int ChunkBytes = 1 << 20;
    private const int PageBytes = 4096;

    private readonly List<byte[]> _chunks = [];

    public long HeldBytes => (long)_chunks.Count * ChunkBytes;

    /// <summary>Holds so many bytes in all, to the mebibyte above; false, and unchanged, when too little would be left.</summary>
    public bool TryHold(long bytes)
    {
        long chunks = (bytes + ChunkBytes - 1) / ChunkBytes;
        if (chunks < _chunks.Count)
        {
            _chunks.RemoveRange((int)chunks, _chunks.Count - (int)chunks);
            return true;
        }

        (long available, long used) = Memory();
        if (used + ((chunks - _chunks.Count) * ChunkBytes) > available / 10 * 9)
            return chunks == _chunks.Count;

        while (_chunks.Count < chunks)
        {
            byte[] chunk = new byte[ChunkBytes];
            for (int i = 0; i < chunk.Length; i += PageBytes)
                chunk[i] = 1;       // a page that nobody wrote to takes no memory
            _chunks.Add(chunk);
        }

        return true;
    }

    /// <summary>What the process may use, its container's limit counted, and what is in use.</summary>
    protected virtual (long Available, long Used) Memory()
    {
        GCMemoryInfo info = GC.GetGCMemoryInfo();
        return (info.TotalAvailableMemoryBytes, Math.Max(info.MemoryLoadBytes, HeldBytes));
    }
}
