using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace PerfKit.Sampling;

/// <summary>A file or folder that is opened once and looked at again and again. Guarded by the sampler's lock.</summary>
internal sealed class KeptFile(IFileSource files, string path, string figures, UnavailableFigures unavailable) : IDisposable
{
    /// <summary>After a failure, the reads until it is tried again: a file that is missing now mostly stays so.</summary>
    internal const int RetryAfter = 60;

    /// <summary>Some thousands of lines: what lies behind is left out.</summary>
    internal const int MaxWhole = 1 << 18;

    private IOpenFile? _file;
    private int _pause;
    private bool _noted;

    /// <summary>Reads the beginning of the file into the buffer; empty when it cannot be read, which is noted once.</summary>
    internal ReadOnlySpan<byte> Read(Span<byte> buffer)
    {
        if (!TryOpen()) return default;
        int read = _file.Read(buffer, 0);
        if (read > 0) return buffer[..read];

        Dispose();
        Fail(read == 0 ? $"{path} is empty." : $"{path} cannot be read.");
        return default;
    }

    /// <summary>Reads the whole of a file that the kernel gives in pieces; the buffer grows as needed, up to <see cref="MaxWhole"/>.</summary>
    internal ReadOnlySpan<byte> ReadWhole(ref byte[] buffer)
    {
        int length = Read(buffer).Length;
        while (length > 0 && _file is not null)
        {
            if (length == MaxWhole) break;
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(MaxWhole, length * 2));
            int more = _file.Read(buffer.AsSpan(length), length);
            if (more <= 0) break;
            length += more;
        }

        return buffer.AsSpan(0, length);
    }

    /// <summary>Looks at the file without reading it; <see langword="null"/> when that cannot be done, which is noted once.</summary>
    internal FileStatus? Status()
    {
        if (!TryOpen()) return null;
        if (_file.TryStatus(out FileStatus status)) return status;

        Dispose();
        Fail($"{path} cannot be looked at.");
        return null;
    }

    /// <summary>Notes once that what was read made no sense. It is read again next time.</summary>
    /// <param name="why">What is wrong with it.</param>
    internal void Refuse(string why = "is not in the format expected")
    {
        if (!_noted) Note($"{path} {why}.");
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    [MemberNotNullWhen(true, nameof(_file))]
    private bool TryOpen()
    {
        if (_file is not null) return true;
        if (_pause > 0 && --_pause > 0) return false;
        _file = files.Open(path, out int error);
        if (_file is not null) return true;
        Fail($"{path} cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}.");
        return false;
    }

    private void Fail(string reason)
    {
        _pause = RetryAfter;
        if (!_noted) Note(reason);
    }

    private void Note(string reason)
    {
        _noted = true;
        unavailable.Note(figures, reason);
    }
}
