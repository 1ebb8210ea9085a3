namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO4007 of locks: those that stay held on one way out of a method.</summary>
public sealed class HeldLockTests
{
    [Theory]
    [InlineData("_lock.EnterReadLock(); if (file.Size > 1) {|LUO4007:return Errno.EFBIG;|} _lock.ExitReadLock();")]
    [InlineData("_lock.EnterWriteLock(); if (file.Size > 1) {|LUO4007:throw new ErrnoException(Errno.EFBIG);|} _lock.ExitWriteLock();")]
    [InlineData("_lock.EnterUpgradeableReadLock(); foreach (Folio each in file.Folios) { if (each.Order > 1) {|LUO4007:return Errno.EFBIG;|} } _lock.ExitUpgradeableReadLock();")]
    [InlineData("Monitor.Enter(_gate); if (file.Size > 1) {|LUO4007:return Errno.EFBIG;|} Monitor.Exit(_gate);")]
    [InlineData("_turn.Wait(); if (file.Size > 1) {|LUO4007:return Errno.EFBIG;|} _turn.Release();")]
    [InlineData("_lock.EnterReadLock(); if (file.Size > 1) {|LUO4007:return Errno.EFBIG;|} if (file.Size > 2) return Errno.EINVAL; _lock.ExitReadLock();")]
    [InlineData("if (file.Kind == DiskKind.Fast) { _lock.EnterReadLock(); if (file.Size > 1) {|LUO4007:return Errno.EFBIG;|} _lock.ExitReadLock(); }")]
    public Task It_stays_held(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("_lock.EnterReadLock(); if (file.Size > 1) { _lock.ExitReadLock(); return Errno.EFBIG; } _lock.ExitReadLock();")]
    [InlineData("_lock.EnterReadLock(); try { if (file.Size > 1) return Errno.EFBIG; } finally { _lock.ExitReadLock(); }")]
    [InlineData("try { _lock.EnterReadLock(); if (file.Size > 1) return Errno.EFBIG; _lock.ExitReadLock(); } finally { if (_lock.IsReadLockHeld) _lock.ExitReadLock(); }")]
    [InlineData("_lock.EnterReadLock(); bool isLarge = file.Size > 1; _lock.ExitReadLock(); if (isLarge) return Errno.EFBIG;")]
    [InlineData("if (file.Size > 1) return Errno.EFBIG; _lock.EnterReadLock(); _lock.ExitReadLock();")]
    [InlineData("_lock.EnterReadLock(); if (file.Size > 1) return Errno.EFBIG;")]
    [InlineData("_lock.EnterReadLock(); if (file.Size > 1) return Errno.EFBIG; _lock.ExitWriteLock();")]
    [InlineData("_lock.EnterReadLock(); if (file.Size > 1) return Errno.EFBIG; _other.ExitReadLock();")]
    [InlineData("_lock.EnterReadLock(); Func<int> later = () => { return 1; }; _ = later; _lock.ExitReadLock();")]
    [InlineData("_lock.EnterReadLock(); try { if (file.Size > 1) throw new InvalidOperationException(); } catch (InvalidOperationException) { Console.WriteLine(1); } _lock.ExitReadLock();")]
    [InlineData("_lock.EnterReadLock(); if (file.Size > 1) return Errno.EFBIG; if (file.Size < 5) _lock.ExitReadLock();")]
    [InlineData("if (_turn.Wait(0)) return Errno.EAGAIN; _turn.Release();")]
    [InlineData("Own.Enter(); if (file.Size > 1) return Errno.EFBIG; Own.Exit();")]
    [InlineData("_lock.EnterReadLock(); if (file.Size > 1) return Errno.EFBIG; Own.ExitReadLock();")]
    public Task It_is_left_or_nobody_knows(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: $$"""Errno Preserve(Disk file, out DiskState state) { state = default; {{body}} state.Size = file.Size; return Errno.None; }""",
        other: """
            private readonly ReaderWriterLockSlim _lock = new(), _other = new();
            private readonly SemaphoreSlim _turn = new(1);
            private readonly object _gate = new();
            private static class Own { public static void Enter() { } public static void Exit() { } public static void ExitReadLock() { } }
            """));
}
