using System.Runtime.InteropServices;

namespace PerfKit.Sampling;

/// <summary>A file that is opened once and read again and again. Guarded by the sampler's lock.</summary>
internal sealed class KeptFile(IFileSource files, string path, string figures, UnavailableFigures unavailable) : IDisposable
{
    /// <summary>After a failure, the reads until it is tried again: a file that is missing now mostly stays so.</summary>
    internal const int RetryAfter = 60;

    private IOpenFile? _file;
    private int _pause;
    private bool _noted;

    /// <summary>Reads the beginning of the file into the buffer; empty when it cannot be read, which is noted once.</summary>
    internal ReadOnlySpan<byte> Read(Span<byte> buffer)
    {
        if (_file is null)
        {
            if (_pause > 0 && --_pause > 0) return default;
            _file = files.Open(path, out int error);
            if (_file is null) return Fail($"{path} cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}.");
        }

        int read = _file.Read(buffer, 0);
        if (read > 0) return buffer[..read];

        Dispose();
        return Fail(read == 0 ? $"{path} is empty." : $"{path} cannot be read.");
    }

    /// <summary>Notes once that what was read made no sense. It is read again next time.</summary>
    internal void Refuse()
    {
        if (!_noted) Note($"{path} is not in the format expected.");
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private ReadOnlySpan<byte> Fail(string reason)
    {
        _pause = RetryAfter;
        if (!_noted) Note(reason);
        return default;
    }

    private void Note(string reason)
    {
        _noted = true;
        unavailable.Note(figures, reason);
    }
}
