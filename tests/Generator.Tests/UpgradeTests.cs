using System.Reflection;
using LuoHandlers.Emulation;
using LuoHandlers.Generator.Tests.Infrastructure;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;
using LuoHandlers.Kho;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>What is generated for <c>[RetrievesFrom]</c>: older files are retrieved and finished, never preserved, and no memory is left.</summary>
public sealed class UpgradeTests
{
    private static readonly Assembly Handlers = LoadedHandlers.Load(HandlerInput.Read("Upgrades"));

    [Fact]
    public void Each_older_string_is_a_handler_of_its_own_without_any_way_to_preserve()
    {
        (ILiveUpdateFileHandler handler, RetrieveOnlyHandler[] older) = Create("NoteHandler");

        Assert.Equal(["note-draft", "note-v0"], older.Select(Compatible));
        Assert.All(older, each =>
        {
            Assert.Equal(FileHandlerCallbacks.Required | FileHandlerCallbacks.CanFinish | FileHandlerCallbacks.GetId, each.Callbacks);
            Assert.False(each.CanPreserve(new Document("new")));
            var args = new LiveUpdateFileOpArgs { Handler = each, Kho = new KhoLedger(), File = new Document("new") };
            Assert.Equal(-(int)Errno.EOPNOTSUPP, each.Preserve(ref args));
            each.Unpreserve(ref args);
            Assert.Equal(40UL, each.GetId(new Document("new") { Size = 40 }));
        });
        Assert.Empty(((IScriptedHandler)handler).Script.Calls);
    }

    [Fact]
    public void Without_can_finish_and_get_id_an_older_version_has_none()
    {
        Assembly assembly = LoadedHandlers.Load(
            "using LuoHandlers; using LuoHandlers.Generator.Tests.Scripting;\n[PreservedState] public struct S { public ulong A; }\n"
            + "[LiveUpdateFileHandler(\"a-v2\")] public sealed partial class A { bool CanPreserve(Document file) => true; void Preserve(out S state) => state = default;"
            + " void Unpreserve() { } Document Retrieve(in S state) => new(\"new\"); void Finish() { } [RetrievesFrom(\"a-v1\")] static S Upgrade(S old) => old; }");

        RetrieveOnlyHandler older = Assert.Single(((IRetrievesOlder)Activator.CreateInstance(assembly.GetType("A")!)!).CreateOlder());

        Assert.Equal(FileHandlerCallbacks.Required, older.Callbacks);
    }

    /// <summary>The handler, its older string, the old state, and what the handler sees of it.</summary>
    public static TheoryData<string, string, string, string> Versions => new()
    {
        { "NoteHandler", "note-draft", "NoteStateV1", "3, 40, 1" },
        { "NoteHandler", "note-v0", "NoteStateV2", "3, 40, 2" },
        { "TagHandler", "tag-v0", "NoteState", "3, 40" },
    };

    [Theory]
    [MemberData(nameof(Versions))]
    public void Retrieve_gets_the_upgraded_state_and_uses_the_old_one_up(string handler, string compatible, string state, string seen)
    {
        OldFile file = new(handler, compatible, state);

        Assert.Equal(0, file.Retrieve());

        Assert.Equal($"retrieve({seen})", file.Script.Calls[^1]);
        Assert.Equal(3UL, file.File!.Position);
        file.AssertClean();
        Assert.True(file.CanFinish());
        file.Finish();
        Assert.Equal(handler == "NoteHandler" ? "finish(new, 0, 0, 0, retrieved)" : "finish()", file.Script.Calls[^1]);
        file.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Finish_of_a_file_that_nobody_asked_for_gets_the_upgraded_state_and_uses_the_old_one_up(string handler, string compatible, string state, string seen)
    {
        OldFile file = new(handler, compatible, state);
        int inherited = file.Kho.InheritedCount;

        Assert.True(file.CanFinish());
        if (handler == "NoteHandler")
            Assert.Equal($"can_finish(null, {seen}, not tried)", file.Script.Calls[^1]);
        Assert.Equal(inherited, file.Kho.InheritedCount);
        file.Finish();

        Assert.Equal(handler == "NoteHandler" ? $"finish(null, {seen}, not tried)" : "finish()", file.Script.Calls[^1]);
        file.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Can_finish_answers_what_the_author_does(string handler, string compatible, string state, string seen)
    {
        OldFile file = new(handler, compatible, state);
        file.Script.Answer = false;

        Assert.False(file.CanFinish());
        Assert.NotEmpty(seen);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Retrieve_that_fails_uses_the_old_state_up(string handler, string compatible, string state, string seen)
    {
        OldFile file = new(handler, compatible, state);
        file.Script.Throw("retrieve", new ErrnoException(Errno.EBUSY));

        Assert.Equal(-(int)Errno.EBUSY, file.Retrieve());

        Assert.Equal($"retrieve({seen})", file.Script.Calls[^1]);
        file.AssertClean();
        file.Finish();
        file.AssertClean();
    }

    [Fact]
    public void Retrieve_without_a_file_is_an_input_output_error()
    {
        OldFile file = new("NoteHandler", "note-draft", "NoteStateV1");
        file.Script.RetrievesNull = true;

        Assert.Equal(-(int)Errno.EIO, file.Retrieve());

        file.AssertClean();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_upgrade_that_fails_fails_retrieve_and_uses_the_old_state_up(bool throws)
    {
        OldFile file = new("NoteHandler", "note-v0", "NoteStateV2");
        Fail(file, throws);

        Assert.Equal(-(int)Errno.EOVERFLOW, file.Retrieve());

        file.AssertClean();
        // Now there is nothing to upgrade, so that the session can end.
        Assert.True(file.CanFinish());
        file.Finish();
        Assert.Equal(["upgrade(3)", "can_finish(null, 0, 0, 0, failed with EOVERFLOW)", "finish(null, 0, 0, 0, failed with EOVERFLOW)"], file.Script.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_upgrade_that_fails_in_finish_uses_the_old_state_up(bool throws)
    {
        OldFile file = new("NoteHandler", "note-v0", "NoteStateV2");
        Fail(file, throws);

        Assert.Throws<ErrnoException>(() => file.CanFinish());
        Assert.NotEqual(0, file.Kho.InheritedCount);
        Assert.Throws<ErrnoException>(file.Finish);

        file.AssertClean();
    }

    [Fact]
    public void A_handle_that_names_no_memory_of_the_old_state_is_refused_before_the_author_is_asked()
    {
        OldFile file = new("NoteHandler", "note-v0", "NoteStateV2") { Handle = 0x1234_5000 };

        Assert.Equal(-(int)Errno.EINVAL, file.Retrieve());

        Assert.Empty(file.Script.Calls);
    }

    [Fact]
    public void The_manifest_names_the_older_strings_too() =>
        Assert.Equal(["note-draft", "note-v0", "note-v1", "tag-v0", "tag-v1"], Handlers.GetCustomAttribute<LiveUpdateHandlersAttribute>()!.Compatibles);

    [Fact]
    public void A_kernel_registers_all_versions_or_none()
    {
        using Machine machine = Machine.Create();
        Kernel kernel = machine.Boot();
        (ILiveUpdateFileHandler note, _) = Create("NoteHandler");
        (ILiveUpdateFileHandler taken, RetrieveOnlyHandler[] older) = Create("NoteHandler");
        kernel.RegisterFileHandler(older[1]);

        var exception = Assert.Throws<ErrnoException>(() => kernel.RegisterFileHandler(note));

        Assert.Equal(Errno.EEXIST, exception.Errno);
        Assert.Contains("\"note-v0\"", exception.Message, StringComparison.Ordinal);
        // Neither the handler nor its first older version stayed.
        Assert.Equal(0, kernel.Orchestrator.UnregisterFileHandler(older[1]));
        kernel.RegisterFileHandler(taken);
        Assert.Equal(Errno.EEXIST, Assert.Throws<ErrnoException>(() => kernel.RegisterFileHandler(Create("NoteHandler").Older[0])).Errno);
    }

    private static void Fail(OldFile file, bool throws)
    {
        if (throws)
            file.Script.Throw("upgrade", new ErrnoException(Errno.EOVERFLOW));
        else
            file.Script.Fail("upgrade", Errno.EOVERFLOW);
    }

    private static string Compatible(ILiveUpdateFileHandler handler) => System.Text.Encoding.UTF8.GetString(handler.Compatible);

    private static (ILiveUpdateFileHandler Handler, RetrieveOnlyHandler[] Older) Create(string name)
    {
        object handler = Activator.CreateInstance(Handlers.GetType($"Upgrading.{name}")!)!;
        return ((ILiveUpdateFileHandler)handler, ((IRetrievesOlder)handler).CreateOlder());
    }

    /// <summary>A file that an older version preserved with position 3 and size 40, as LUO hands it to the handler of today.</summary>
    private sealed class OldFile
    {
        private readonly RetrieveOnlyHandler _handler;
        private RetrieveStatus _status;

        public OldFile(string handler, string compatible, string state)
        {
            (ILiveUpdateFileHandler author, RetrieveOnlyHandler[] older) = Create(handler);
            Script = ((IScriptedHandler)author).Script;
            _handler = older.Single(each => Compatible(each) == compatible);
            Handle = (ulong)GetType()
                .GetMethod(nameof(Preserve), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(Handlers.GetType($"Upgrading.{state}")!)
                .Invoke(null, [Kho])!;
            Kho.Kexec();
        }

        public KhoLedger Kho { get; } = new();

        public HandlerScript Script { get; }

        public ulong Handle { get; init; }

        public Document? File { get; private set; }

        public int Retrieve()
        {
            LiveUpdateFileOpArgs args = CreateArgs();
            int result;
            try
            {
                result = _handler.Retrieve(ref args);
            }
            catch (ErrnoException exception)
            {
                result = -(int)exception.Errno;
            }
            File = result == 0 ? (Document?)args.File : null;
            _status = result == 0 ? RetrieveStatus.Succeeded : new RetrieveStatus(result);
            return result;
        }

        public bool CanFinish()
        {
            LiveUpdateFileOpArgs args = CreateArgs();
            return _handler.CanFinish(ref args);
        }

        public void Finish()
        {
            LiveUpdateFileOpArgs args = CreateArgs();
            _handler.Finish(ref args);
        }

        public void AssertClean()
        {
            Assert.Equal(0, Kho.InheritedCount);
            Assert.Equal(0, Kho.FaultCount);
        }

        private static ulong Preserve<TState>(IKho kho)
            where TState : unmanaged
        {
            LiveUpdateFileOpArgs args = new() { Handler = null!, Kho = kho };
            var memory = PreservedStateMemory<TState>.Allocate(ref args);
            object state = new TState();
            foreach ((string field, ulong value) in new[] { ("Position", 3UL), ("Size", 40UL) })
            {
                FieldInfo info = typeof(TState).GetField(field)!;
                info.SetValue(state, Convert.ChangeType(value, info.FieldType, System.Globalization.CultureInfo.InvariantCulture));
            }
            memory.Value = (TState)state;
            return args.SerializedData;
        }

        private LiveUpdateFileOpArgs CreateArgs() => new()
        {
            Handler = _handler,
            Kho = Kho,
            File = File,
            SerializedData = Handle,
            RetrieveStatus = _status,
        };
    }
}
