namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>What comes close to a mistake of LUO3013, LUO4002 to LUO4006, LUO4009, LUO4010 or LUO4012, and what is one.</summary>
public sealed class NearMissTests
{
    [Theory]
    [InlineData("{|LUO3013:state.Size|} = file.Size / (ulong)Environment.SystemPageSize;")]
    [InlineData("{|LUO3013:state.Size|} = file.Size >> IntPtr.Size;")]
    [InlineData("ulong page = (ulong)Environment.SystemPageSize; {|LUO3013:state.Size|} = file.Size / page;")]
    [InlineData("ulong page = 4096; state.Size = file.Size / page;")]
    [InlineData("ulong page = (ulong)Environment.SystemPageSize; state.Size = file.Size / page * page;")]
    [InlineData("state.Size = file.Size * (ulong)Environment.SystemPageSize;")]
    [InlineData("state.Size = file.Size + (ulong)Environment.SystemPageSize;")]
    [InlineData("state.Size = (ulong)Environment.SystemPageSize / file.Size;")]
    [InlineData("state.Size = file.Size / (ulong)Environment.SystemPageSize; state.Position = (ulong)Environment.SystemPageSize;")]
    public Task Units_of_the_machine(string body) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: $"void Preserve(Disk file, out DiskState state) {{ state = default; {body} }}"));

    [Theory]
    [InlineData("if (!status.IsRetrieved) kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|});")]
    [InlineData("if (status.IsNotTried || status.IsFailed) kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|});")]
    [InlineData("if (status.IsFailed || status.IsNotTried) kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|});")]
    [InlineData("if (!status.IsRetrieved && state.Size != 0) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));")]
    [InlineData("if (!status.IsRetrieved) for (uint i = 0; i < state.Count; i++) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));")]
    [InlineData("if (!status.IsRetrieved) { ulong size = state.Size; if (size != 0) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size))); }")]
    [InlineData("if (!status.IsRetrieved && !status.IsFailed) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));")]
    [InlineData("if (status.IsRetrieved || status.IsFailed) return; kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));")]
    [InlineData("if (status.IsNotTried || state.Count > 5) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));")]
    [InlineData("if (status.IsNotTried || _isForced) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));")]
    [InlineData("if (status.Value <= 0) kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|});")]
    [InlineData("if (status.Value != 1) kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|});")]
    [InlineData("if (status.Value < 1 && status.Value > -5000) kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|});")]
    [InlineData("if (status.Value > 0) return; kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|});")]
    [InlineData("if (status.Value == 0) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));")]
    [InlineData("if (status.Value >= 0 && status.Value <= 0) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));")]
    [InlineData("if (status.Value != 0) return; kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));")]
    [InlineData("if (status.Value <= 0 && _isForced) kho.RestoreFree(kho.FindInherited(new PhysicalAddress(state.Size)));")]
    [InlineData("if (file is null && !status.IsRetrieved) kho.RestoreFree({|LUO4002:kho.FindInherited(new PhysicalAddress(state.Size))|});")]
    public Task Finish_after_a_failure(string body) => FlowSource.VerifyAsync(FlowSource.With(
        finish: $"void Finish(Disk? file, in DiskState state, RetrieveStatus status, IKho kho) {{ {body} }}",
        other: "private readonly bool _isForced; public DiskHandler(bool isForced) => _isForced = isForced;"));

    [Theory]
    [InlineData("return ({|LUO4003:(Disk)file|}).Size > 0;")]
    [InlineData("return {|LUO4003:(file as Disk)!.Size|} > 0;")]
    [InlineData("var disk = file as Disk; return {|LUO4003:disk!.Size|} > 0;")]
    [InlineData("var disk = file as Disk; return disk != null && disk.Size > 0;")]
    [InlineData("var disk = file as Disk; return disk?.Size > 0;")]
    [InlineData("return file is Disk && ((Disk)file).Size > 0;")]
    [InlineData("return file.GetType() == typeof(Disk) && ((Disk)file).Size > 0;")]
    [InlineData("return IsOurs(file) && ((Disk)file).Size > 0;")]
    [InlineData("try { return ((Disk)file).Size > 0; } catch (InvalidCastException) { return false; }")]
    [InlineData("switch (file) { case Disk: return ((Disk)file).Size > 0; default: return false; }")]
    public Task Casts_before_the_type_is_tested(string body) => FlowSource.VerifyAsync(FlowSource.Plain(
        canPreserve: $"bool CanPreserve(LuoFile file) {{ {body} }}",
        preserve: "void Preserve(LuoFile file, out DiskState state) => state = new DiskState { Number = file.ReferenceCount };",
        retrieve: "LuoFile Retrieve() => new Disk();",
        other: "private static bool IsOurs(LuoFile file) => file is Disk;"));

    [Theory]
    [InlineData("try { file.Flush(); } catch (IOException) { return {|LUO4006:Errno.None|}; } return Errno.None;")]
    [InlineData("try { file.Flush(); } catch (IOException) { } return {|LUO4006:Errno.None|};")]
    [InlineData("Errno error = Errno.None; try { file.Flush(); } catch (IOException) { } return {|LUO4006:error|};")]
    [InlineData("Errno error = Errno.None; try { file.Flush(); } catch (IOException) { error = Errno.EIO; } return error;")]
    [InlineData("Errno error = Errno.None; Set(ref error); try { file.Flush(); } catch (IOException) { } return error;")]
    [InlineData("try { file.Flush(); } catch (IOException) { return Errno.EIO; } return Errno.None;")]
    [InlineData("try { file.Flush(); } catch (IOException) { throw; } return Errno.None;")]
    [InlineData("try { file.Flush(); } catch (IOException e) when (e.HResult == 5) { return Errno.None; } return Errno.None;")]
    [InlineData("try { file.Flush(); } catch (IOException e) { if (e.HResult == 5) return Errno.EIO; return Errno.None; } return Errno.None;")]
    [InlineData("try { file.Flush(); } catch (IOException) { state.Number = 5; } return Errno.None;")]
    [InlineData("try { Console.WriteLine(file.Name); } catch (IOException) { } state.Size = file.Size; return Errno.None;")]
    [InlineData("try { file.Flush(); } catch (IOException) { state = new DiskState { Number = 5 }; return Errno.None; } return Errno.None;")]
    [InlineData("try { file.Flush(); } catch (IOException) { _count = 1; return {|LUO4006:Errno.None|}; } return Errno.None;")]
    [InlineData("try { file.Flush(); } catch (IOException) { state = default; return {|LUO4006:Errno.None|}; } return Errno.None;")]
    [InlineData("Errno other = Errno.None; Errno error = (Errno)file.Segment; try { file.Flush(); } catch (IOException) { } return file.Size == 0 ? other : error;")]
    [InlineData("Errno other = Errno.None; Errno error = (Errno)file.Segment; _count = (int)other; try { file.Flush(); } catch (IOException) { } return error;")]
    [InlineData("try { file.Flush(); } catch (IOException e) { if (e.HResult != 5) throw; return Errno.None; } return Errno.None;")]
    [InlineData("try { file.Flush(); } catch (IOException e) { switch (e.HResult) { case 5: return Errno.None; default: return Errno.EIO; } } return Errno.None;")]
    public Task What_was_caught(string body) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: $"Errno Preserve(Disk file, out DiskState state) {{ state = default; {body} }}",
        other: "private static int _count; private static int Count => _count; private static void Set(ref Errno error) => error = Errno.EIO;"));

    [Theory]
    [InlineData("Disk {|LUO4004:Retrieve|}() => Fail();")]
    [InlineData("Disk Retrieve() => Make();")]
    public Task What_always_fails(string retrieve) => FlowSource.VerifyAsync(FlowSource.Plain(
        retrieve: retrieve, other: "private static Disk Fail() => throw new ErrnoException(Errno.EIO); private static Disk Make() => new();"));

    [Theory]
    [InlineData("{ int error = 5; return {|LUO4005:error|}; }")]
    [InlineData("{ int error = -5; return error; }")]
    [InlineData("{ int error = 5; error = -error; return error; }")]
    [InlineData("{ int error = 5; error -= 9; return error; }")]
    [InlineData("{ int error = 0; error--; return error; }")]
    [InlineData("{ int error = 5; Turn(ref error); return error; static void Turn(ref int number) => number = -number; }")]
    [InlineData("{ int other = 5; int error = -other; return error; }")]
    [InlineData("{ int error = 5; int count = 0; count++; Count(ref count); return {|LUO4005:error|}; static void Count(ref int number) => number++; }")]
    [InlineData("{ int error = 1; error--; return error; }")]
    public Task Results_in_a_variable(string body) => FlowSource.VerifyAsync(OutcomeRulesTests.Raw("0")
        .Replace("Preserve(ref LiveUpdateFileOpArgs args) => 0;", $"Preserve(ref LiveUpdateFileOpArgs args) {body}", StringComparison.Ordinal));

    [Theory]
    [InlineData("session.PreserveFd({|LUO4009:(uint)token|}, 1);")]
    [InlineData("session.PreserveFd((ulong){|LUO4009:(int)number|}, 1);")]
    [InlineData("session.RetrieveFd({|LUO4009:(ushort)token|});")]
    [InlineData("session.PreserveFd(token, 1);")]
    [InlineData("session.PreserveFd((ulong)number, 1);")]
    [InlineData("session.PreserveFd((uint)small, 1);")]
    [InlineData("session.PreserveFd(checked((uint)token), 1);")]
    [InlineData("session.PreserveFd((uint)(token & 255), 1);")]
    [InlineData("if (token > 255) return; session.PreserveFd((uint)token, 1);")]
    [InlineData("session.PreserveFd(token, (int)token);")]
    [InlineData("Own((uint)token);")]
    [InlineData("Console.WriteLine(Page.CountFor((uint)token));")]
    [InlineData("session.PreserveFd((ulong)(long)token, 1);")]
    [InlineData("if (small > 255) return; session.PreserveFd({|LUO4009:(uint)token|}, 1);")]
    public Task Tokens(string body) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        public static class Program
        {
            public static void Run(LiveUpdateSession session, ulong token, long number, int small) { {{body}} }
            private static void Own(ulong token) => Console.WriteLine(token);
        }
        """));

    [Theory]
    [InlineData("ulong GetId(Disk file) => {|LUO4009:(uint)file.Serial|};")]
    [InlineData("ulong GetId(Disk file) => file.Serial;")]
    [InlineData("ulong GetId(Disk file) { Func<uint> low = () => (uint)file.Serial; Console.WriteLine(low()); return file.Serial; }")]
    [InlineData("ulong GetId(Disk file) { Console.WriteLine(Low(file)); return file.Serial; } static uint Low(Disk file) => (uint)file.Serial;")]
    [InlineData("ulong GetId(Disk file) { Span<byte> bytes = new byte[4]; System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)file.Serial); return file.Serial + bytes[0]; }")]
    public Task Identities_that_are_cut(string getId) => FlowSource.VerifyAsync(FlowSource.Plain(other: getId));

    [Theory]
    [InlineData("range = kho.AllocatePreserved({|LUO4009:(int)file.Size|});")]
    [InlineData("range = kho.AllocatePreserved(file.Segment);")]
    [InlineData("if (file.Size > 4096) throw new ErrnoException(Errno.EFBIG); range = kho.AllocatePreserved((int)file.Size);")]
    [InlineData("range = kho.AllocatePreserved(4096); System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(kho.GetSpan(range), {|LUO4009:(uint)file.Size|});")]
    [InlineData("range = kho.AllocatePreserved(4096); Console.WriteLine((uint)file.Size);")]
    [InlineData("int pages = {|LUO4009:(int)Page.CountFor(file.Size)|}; range = kho.AllocatePreserved(pages * 4096);")]
    [InlineData("if (file.Size > 4096) throw new ErrnoException(Errno.EFBIG); int pages = (int)Page.CountFor(file.Size); range = kho.AllocatePreserved(pages * 4096);")]
    [InlineData("int pages = (int)Page.CountFor(file.Size); if ((ulong)pages != Page.CountFor(file.Size)) throw new ErrnoException(Errno.EFBIG); range = kho.AllocatePreserved(pages * 4096);")]
    public Task Sizes_that_are_cut(string body) => FlowSource.VerifyAsync(FlowSource.With(
        preserve: $"void Preserve(Disk file, out DiskState state, IKho kho) {{ KhoRange range; {body} state = new DiskState {{ Size = range.Address.Value }}; }}"));

    [Theory]
    [InlineData("bool taken = false; _spin.Enter(ref taken); {|LUO4012:Thread.Sleep(1)|}; _spin.Exit();")]
    [InlineData("bool taken = false; _spin.Enter(ref taken); lock ({|LUO4012:_gate|}) { } _spin.Exit();")]
    [InlineData("bool taken = false; try { _spin.Enter(ref taken); {|LUO4012:Thread.Sleep(1)|}; } finally { _spin.Exit(); } Thread.Sleep(1);")]
    [InlineData("bool taken = false; Thread.Sleep(1); _spin.Enter(ref taken); _spin.Exit(); Thread.Sleep(1);")]
    [InlineData("bool taken = false; if (file.Size == 0) _spin.Enter(ref taken); else Thread.Sleep(1); if (taken) _spin.Exit();")]
    [InlineData("bool taken = false; _spin.TryEnter(ref taken); Thread.Sleep(1); if (taken) _spin.Exit();")]
    [InlineData("bool taken = false; _spin.Enter(ref taken); Action later = () => Thread.Sleep(1); _spin.Exit(); later();")]
    [InlineData("Mine.SpinLock.Enter(); Thread.Sleep(1); Mine.SpinLock.Exit();")]
    [InlineData("bool taken = false; if (file.Size == 0) { _spin.Enter(ref taken); } else { Thread.Sleep(1); } if (taken) _spin.Exit();")]
    public Task Waiting_under_a_spinlock(string body) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: $"void Preserve(Disk file, out DiskState state) {{ {body} state = new DiskState {{ Size = file.Size }}; }}",
        other: "private SpinLock _spin; private readonly object _gate = new(); private object Gate => _gate;")
        + "namespace Mine { public static class SpinLock { public static void Enter() { } public static void Exit() { } } }\n");

    [Theory]
    [InlineData("{|LUO4010:Kind = file.Segment == 5 ? 1u : 0u|}")]
    [InlineData("{|LUO4010:Segment = (ushort)(file.Kind == DiskKind.Fast ? 1 : 0)|}")]
    [InlineData("Kind = file.Serial == 5 ? 1u : 0u")]
    [InlineData("{|LUO4010:Kind = file.Segment == 5 ? file.OpenFlags : 0u|}")]
    [InlineData("{|LUO4010:Kind = file.Serial == 5 ? file.OpenFlags : 0u|}")]
    [InlineData("{|LUO4010:Flags = file.OpenFlags & 3|}")]
    [InlineData("{|LUO4010:Position = (file.Serial << 8) + file.Position|}")]
    [InlineData("{|LUO4010:Number = -file.Segment|}")]
    [InlineData("{|LUO4010:Number = (file.Segment)|}")]
    [InlineData("Position = (file.Serial << 8) + 5")]
    [InlineData("Position = Math.Min(file.Position, 5)")]
    [InlineData("Position = file.Position + Environment.ProcessPath!.Length.GetType().GUID.ToByteArray()[0]")]
    [InlineData("Number = Environment.ProcessId & file.Segment")]
    [InlineData("Kind = file.Segment == file.Folios.Count ? 1u : 0u")]
    public Task What_Freeze_leaves(string written) => FlowSource.VerifyAsync(FlowSource.Plain(
        preserve: $"void Preserve(Disk file, out DiskState state) => state = new DiskState {{ Size = file.Size, {written} }};",
        other: "void Freeze(Disk file, ref DiskState state) => state.Size = file.Size;"));
}
