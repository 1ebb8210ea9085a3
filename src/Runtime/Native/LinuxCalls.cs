using System.Runtime.InteropServices;

// The C library is the system's: none is looked for beside the program.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace LuoHandlers.Native;

/// <summary>The system calls that .NET has no API for.</summary>
internal static unsafe partial class LinuxCalls
{
    public const uint MemfdCloseOnExec = 1;
    public const int FcntlGetDescriptorFlags = 1;
    public const int FcntlSetDescriptorFlags = 2;
    public const int DescriptorCloseOnExec = 1;
    public const int ProtectRead = 1;
    public const int ProtectWrite = 2;
    public const int MapShared = 1;
    public const int MapNoReserve = 0x4000;
    public const int AccessExecute = 1;
    public const int AdviseDontNeed = 4;
    public const int AtEmptyPath = 0x1000;
    public const uint StatBasic = 0x7ff;
    public const int FcntlGetSeals = 1034;
    public const int SealsAgainstWriting = 0x18;

    public static readonly nint MapFailed = -1;

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MemfdCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Truncate(int descriptor, long length);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    public static partial int Advise(nint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int StatExtended(int directory, string path, int flags, uint mask, out LinuxFileStatus status);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true)]
    public static partial int Execute(byte* path, byte** arguments, byte** environment);

    public static ErrnoException LastError(string what)
    {
        int number = Marshal.GetLastPInvokeError();
        return new ErrnoException((Errno)number, $"{what}: {Marshal.GetPInvokeErrorMessage(number)} (errno {number}).");
    }
}
