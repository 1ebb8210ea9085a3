using LuoHandlers.Generator.Tests.Infrastructure;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;
using LuoHandlers.Vfs;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>Generated code, compiled, loaded and called as LUO calls it: the state's memory is given back exactly once on every path.</summary>
public sealed class GeneratedHandlerTests
{
    private const string State = "ScriptedState";
    private const string Inline = "ScriptedInlineState";
    private const string Handle = "ScriptedHandle";
    private const string Unread = "ScriptedUnreadState";

    public static TheoryData<string> Kinds => [State, Inline, Handle, Unread];

    /// <summary>The kinds of handler, and whether a callback of each fails by exception (or else by Errno).</summary>
    public static TheoryData<string, bool> Failures => new()
    {
        { State, false },
        { State, true },
        { Inline, true },
        { Handle, false },
        { Handle, true },
        { Unread, false },
        { Unread, true },
    };

    [Theory]
    [InlineData(State, "scripted-state-v1", FileHandlerCallbacks.Required | FileHandlerCallbacks.Freeze | FileHandlerCallbacks.Unfreeze | FileHandlerCallbacks.CanFinish | FileHandlerCallbacks.GetId)]
    [InlineData(Inline, "scripted-inline-v1", FileHandlerCallbacks.Required | FileHandlerCallbacks.Freeze | FileHandlerCallbacks.Unfreeze | FileHandlerCallbacks.CanFinish)]
    public void Compatible_string_and_callbacks_are_those_of_the_class(string kind, string compatible, FileHandlerCallbacks callbacks)
    {
        ILiveUpdateFileHandler handler = Create(kind);

        Assert.Equal(compatible, System.Text.Encoding.UTF8.GetString(handler.Compatible));
        Assert.Equal(callbacks, handler.Callbacks);
    }

    [Fact]
    public void Compatible_string_keeps_every_character()
    {
        ILiveUpdateFileHandler handler = LoadedHandlers.Create("Keywords", "namespace.event.LuoHandlers.global.record+partial");

        Assert.Equal("keyword\"s\\ \u00e4-v1", System.Text.Encoding.UTF8.GetString(handler.Compatible));
    }

    [Fact]
    public void Only_existing_callbacks_are_announced() =>
        Assert.Equal(FileHandlerCallbacks.Required, LoadedHandlers.Create("Stateless", "StatelessHandler").Callbacks);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_of_another_type_is_refused_before_the_author_is_asked(string kind)
    {
        ILiveUpdateFileHandler handler = Create(kind);

        Assert.False(handler.CanPreserve(new OtherFile()));
        Assert.Empty(((IScriptedHandler)handler).Script.Calls);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Can_preserve_and_can_finish_answer_what_the_author_does(string kind)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.True(driver.CanPreserve());
        Assert.Equal(0, driver.Preserve());
        driver.Kexec();
        Assert.True(driver.CanFinish());

        driver.Script.Answer = false;

        Assert.False(driver.CanFinish());
        driver.File = new Document("other");
        Assert.False(driver.CanPreserve());
    }

    [Fact]
    public void Get_id_gives_the_identity() =>
        Assert.Equal(77UL, Create(State).GetId(new Document("shared") { Size = 77 }));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Preserve_then_unpreserve_gives_everything_back(string kind)
    {
        var driver = new HandlerDriver(Create(kind));

        Assert.Equal(0, driver.Preserve());
        Assert.Equal(kind is State or Unread ? 1 : 0, driver.Kho.PreservedCount);
        driver.Unpreserve();

        Assert.Equal(0, driver.Kho.PreservedCount);
        Assert.Equal(0, driver.Kho.FaultCount);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_preserve_that_fails_leaves_no_memory(string kind, bool throws)
    {
        var driver = new HandlerDriver(Create(kind));
        Fail(driver, "preserve", throws);

        Assert.Equal(-(int)Errno.EBUSY, driver.Preserve());

        Assert.Equal(kind is State or Unread ? 1 : 0, driver.Kho.AllocationCount);
        AssertClean(driver);
        Assert.Equal(0UL, driver.SerializedData);
        Assert.Null(driver.PrivateData);
    }

    [Theory]
    [InlineData(State)]
    [InlineData(Unread)]
    public void Without_memory_preserve_fails_before_the_author_is_asked(string kind)
    {
        var driver = new HandlerDriver(Create(kind));
        driver.Kho.IsOutOfMemory = true;

        Assert.Equal(-(int)Errno.ENOMEM, driver.Preserve());

        Assert.Empty(driver.Script.Calls);
        AssertClean(driver);
    }

    [Theory]
    [InlineData(Inline)]
    [InlineData(Handle)]
    public void What_fits_into_the_handle_needs_no_memory(string kind)
    {
        var driver = new HandlerDriver(Create(kind));
        driver.Kho.IsOutOfMemory = true;

        Assert.Equal(0, driver.Preserve());
        Assert.Equal(0, driver.Freeze());
        driver.Kexec();
        Assert.Equal(0, driver.Retrieve());

        Assert.Equal(3UL, driver.File!.Position);
        Assert.Equal(0, driver.Kho.AllocationCount);
    }

    [Fact]
    public void An_inline_state_is_the_low_bytes_of_the_handle()
    {
        var driver = new HandlerDriver(Create(Inline)) { File = new Document("old") { Position = 0x3344, Size = 0x5566 } };

        Assert.Equal(0, driver.Preserve());

        Assert.Equal(0x5566_3344UL, driver.SerializedData);
    }

    [Fact]
    public void A_handle_with_bytes_beyond_an_inline_state_is_refused()
    {
        var driver = new HandlerDriver(Create(Inline)) { SerializedData = 1UL << 63 };

        Assert.Equal(-(int)Errno.EINVAL, driver.Retrieve());

        Assert.Empty(driver.Script.Calls);
    }

    [Theory]
    [InlineData(State)]
    [InlineData(Unread)]
    public void A_handle_that_names_no_inherited_memory_is_refused(string kind)
    {
        var driver = new HandlerDriver(Create(kind)) { SerializedData = 0x1234_5000 };

        Assert.Equal(-(int)Errno.EINVAL, driver.Retrieve());

        Assert.Empty(driver.Script.Calls);
        Assert.Equal(0, driver.Kho.FaultCount);
    }

    [Theory]
    [InlineData(State, "unpreserve(old, 3, 40, lock)")]
    [InlineData(Inline, "unpreserve(old, 3, 40)")]
    [InlineData(Handle, "unpreserve(3)")]
    public void Unpreserve_sees_what_preserve_wrote(string kind, string call)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.Equal(0, driver.Preserve());

        driver.Unpreserve();

        Assert.Equal(call, driver.Script.Calls[^1]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Unpreserve_frees_even_if_the_author_throws(string kind)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.Equal(0, driver.Preserve());
        driver.Script.Throw("unpreserve", new InvalidOperationException());

        Assert.Throws<InvalidOperationException>(driver.Unpreserve);

        AssertClean(driver);
    }

    [Theory]
    [InlineData(State, "freeze(old, 9, 40, lock)", "unfreeze(old, 9, 40, lock)", "unpreserve(old, 9, 40, lock)")]
    [InlineData(Inline, "freeze(old, 9, 40)", "unfreeze(old, 9, 40)", "unpreserve(old, 9, 40)")]
    [InlineData(Handle, "freeze(9)", "unfreeze(9)", "unpreserve(9)")]
    public void What_freeze_changes_stays_after_unfreeze(string kind, params string[] calls)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.Equal(0, driver.Preserve());
        driver.File!.Position = 9;

        Assert.Equal(0, driver.Freeze());
        driver.Unfreeze();
        driver.Unpreserve();

        Assert.Equal(calls, driver.Script.Calls.Skip(1));
        AssertClean(driver);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_freeze_that_fails_leaves_the_state_as_it_was(string kind, bool throws)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.Equal(0, driver.Preserve());
        driver.File!.Position = 9;
        Fail(driver, "freeze", throws);

        Assert.Equal(-(int)Errno.EBUSY, driver.Freeze());
        driver.Unfreeze();

        if (kind != Unread)
            Assert.Contains("3", driver.Script.Calls[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("9", driver.Script.Calls[^1], StringComparison.Ordinal);
        driver.Unpreserve();
        AssertClean(driver);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Retrieve_rebuilds_the_file_and_uses_the_state_up(string kind)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.Equal(0, driver.Preserve());
        driver.File!.Position = 9;
        Assert.Equal(0, driver.Freeze());
        driver.Kexec();

        Assert.Equal(0, driver.Retrieve());

        Assert.Equal("new", driver.File!.ToString());
        Assert.Equal(kind == Unread ? 0UL : 9UL, driver.File.Position);
        Assert.Equal(kind is State or Inline ? 40UL : 0UL, driver.File.Size);
        AssertClean(driver);
    }

    [Theory]
    [InlineData(State, false)]
    [InlineData(State, true)]
    [InlineData(Inline, true)]
    [InlineData(Handle, true)]
    [InlineData(Unread, true)]
    public void Retrieve_that_fails_uses_the_state_up(string kind, bool throws)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.Equal(0, driver.Preserve());
        driver.Kexec();
        Fail(driver, "retrieve", throws);

        Assert.Equal(-(int)Errno.EBUSY, driver.Retrieve());

        Assert.Null(driver.File);
        AssertClean(driver);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Retrieve_without_a_file_is_an_input_output_error(string kind)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.Equal(0, driver.Preserve());
        driver.Kexec();
        driver.Script.RetrievesNull = true;

        Assert.Equal(-(int)Errno.EIO, driver.Retrieve());

        AssertClean(driver);
    }

    [Theory]
    [InlineData(State, "can_finish(null, 3, 40, not tried)", "finish(null, 3, 40, not tried)")]
    [InlineData(Inline, "can_finish(null, 3, 40, not tried)", "finish(null, 3, 40, not tried)")]
    [InlineData(Handle, "can_finish(3, not tried)", "finish(null, 3, not tried)")]
    [InlineData(Unread, "can_finish()", "finish()")]
    public void Finish_of_a_file_that_nobody_asked_for_sees_the_state_and_uses_it_up(string kind, string canFinish, string finish)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.Equal(0, driver.Preserve());
        driver.Kexec();
        int inherited = driver.Kho.InheritedCount;

        Assert.True(driver.CanFinish());
        Assert.Equal(inherited, driver.Kho.InheritedCount);
        driver.Finish();

        Assert.Equal([canFinish, finish], driver.Script.Calls.Skip(1));
        AssertClean(driver);
    }

    [Theory]
    [InlineData(State, "can_finish(new, 0, 0, retrieved)", "finish(new, 0, 0, retrieved)")]
    [InlineData(Inline, "can_finish(new, 0, 0, retrieved)", "finish(new, 0, 0, retrieved)")]
    [InlineData(Handle, "can_finish(3, retrieved)", "finish(new, 3, retrieved)")]
    [InlineData(Unread, "can_finish()", "finish()")]
    public void Finish_of_a_retrieved_file_sees_no_state(string kind, string canFinish, string finish)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.Equal(0, driver.Preserve());
        driver.Kexec();
        Assert.Equal(0, driver.Retrieve());

        Assert.True(driver.CanFinish());
        driver.Finish();

        Assert.Equal([canFinish, finish], driver.Script.Calls.Skip(2));
        AssertClean(driver);
    }

    [Theory]
    [InlineData(State, "finish(null, 0, 0, failed with EBUSY)")]
    [InlineData(Inline, "finish(null, 0, 0, failed with EBUSY)")]
    [InlineData(Handle, "finish(null, 3, failed with EBUSY)")]
    [InlineData(Unread, "finish()")]
    public void Finish_after_a_failed_retrieve_sees_no_file_and_no_state(string kind, string finish)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.Equal(0, driver.Preserve());
        driver.Kexec();
        Fail(driver, "retrieve", throws: true);
        Assert.Equal(-(int)Errno.EBUSY, driver.Retrieve());

        Assert.True(driver.CanFinish());
        driver.Finish();

        Assert.Equal(finish, driver.Script.Calls[^1]);
        AssertClean(driver);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Finish_frees_even_if_the_author_throws(string kind)
    {
        var driver = new HandlerDriver(Create(kind));
        Assert.Equal(0, driver.Preserve());
        driver.Kexec();
        driver.Script.Throw("finish", new InvalidOperationException());

        Assert.Throws<InvalidOperationException>(driver.Finish);

        AssertClean(driver);
    }

    [Fact]
    public void Private_data_lives_until_the_reboot()
    {
        var driver = new HandlerDriver(Create(State));

        Assert.Equal(0, driver.Preserve());

        Assert.Equal("lock", driver.PrivateData?.ToString());
        Assert.Equal(0, driver.Freeze());
        Assert.EndsWith("lock)", driver.Script.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Callbacks_allocate_nothing()
    {
        ILiveUpdateFileHandler handler = LoadedHandlers.Create("Quiet", "Quietness.QuietHandler");
        var file = new Document("quiet") { Position = 3, Size = 40 };
        var kho = new KhoLedger();
        // Once for all that a first call allocates, and once to measure.
        RunAllCallbacks(handler, file, kho);

        Assert.Equal(0, RunAllCallbacks(handler, file, kho));
    }

    // The bytes that were allocated, without those of the ledger.
    private static long RunAllCallbacks(ILiveUpdateFileHandler handler, Document file, KhoLedger kho)
    {
        long before = GC.GetAllocatedBytesForCurrentThread() - kho.AllocatedBytes;
        var args = new LiveUpdateFileOpArgs { Handler = handler, Kho = kho, File = file };
        bool answer = handler.CanPreserve(file) && handler.GetId(file) == 40;
        int result = handler.Preserve(ref args);
        result |= handler.Freeze(ref args);
        handler.Unfreeze(ref args);
        handler.Unpreserve(ref args);
        result |= handler.Preserve(ref args);
        kho.Kexec();
        args.File = null;
        answer &= handler.CanFinish(ref args);
        result |= handler.Retrieve(ref args);
        args.RetrieveStatus = RetrieveStatus.Succeeded;
        handler.Finish(ref args);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - kho.AllocatedBytes - before;
        Assert.True(answer);
        Assert.Equal(0, result);
        return allocated;
    }

    private static ILiveUpdateFileHandler Create(string kind) => LoadedHandlers.Create(kind, $"Scripted.{kind}Handler");

    private static void Fail(HandlerDriver driver, string callback, bool throws)
    {
        if (throws)
            driver.Script.Throw(callback, new ErrnoException(Errno.EBUSY));
        else
            driver.Script.Fail(callback, Errno.EBUSY);
    }

    private static void AssertClean(HandlerDriver driver)
    {
        Assert.Equal(0, driver.Kho.PreservedCount);
        Assert.Equal(0, driver.Kho.InheritedCount);
        Assert.Equal(0, driver.Kho.FaultCount);
    }

    private sealed class OtherFile : LuoFile;
}
