using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LuoHandlers.Vfs;

namespace MemfdHandlerSample.Demo;

/// <summary>Fills memfds and hashes them, in place: nothing is copied.</summary>
internal static class Contents
{
    /// <summary>Fills a file with numbers that look random and depend on a seed.</summary>
    public static void Fill(Memfd file, ulong seed, Action<long> progress)
    {
        ulong state = (seed * 0x9e3779b97f4a7c15) | 1;
        for (long offset = 0; offset < file.Size;)
        {
            Span<byte> span = file.GetSpan(offset);
            Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(span);
            for (int i = 0; i < words.Length; i++)
            {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                words[i] = state;
            }
            span[(words.Length * sizeof(ulong))..].Fill((byte)state);
            offset += span.Length;
            progress(offset);
        }
    }

    public static string Sha256(Memfd file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ReadOnlySpan<byte> zeros = new byte[4096];
        for (long offset = 0; offset < file.Size;)
        {
            ReadOnlySpan<byte> span = file.GetReadOnlySpan(offset);
            if (span.IsEmpty)
                span = zeros[..(int)Math.Min(zeros.Length, file.Size - offset)];
            hash.AppendData(span);
            offset += span.Length;
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
