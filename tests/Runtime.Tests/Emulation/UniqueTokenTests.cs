using LuoHandlers.Emulation;
using LuoHandlers.Runtime.Tests.Doubles;
using LuoHandlers.Uapi;

namespace LuoHandlers.Runtime.Tests.Emulation;

public sealed class UniqueTokenTests
{
    [Theory]
    [InlineData(false, Errno.None)]
    [InlineData(true, Errno.EEXIST)]
    public void ATokenIsUniqueInItsSessionOrInAllOfThem(bool uniqueTokens, Errno expected)
    {
        using Machine machine = Machine.Create(new MachineOptions { MemorySize = 64 << 20, UniqueTokens = uniqueTokens });
        Kernel kernel = machine.Boot().With(new ScriptedHandler());
        using LiveUpdateDevice device = kernel.OpenLiveUpdate();
        LiveUpdateSession first = device.CreateSession("first");
        LiveUpdateSession second = device.CreateSession("second");
        first.PreserveFile(7, new PlainFile(1));

        int descriptor = kernel.OpenFile(() => new PlainFile(2));
        Assert.Equal(expected, second.TryPreserveFd(7, descriptor));
        second.Dispose();
        first.Dispose();
        // What was given back can be used again, and so can a token whose file was refused.
        using LiveUpdateSession third = device.CreateSession("third");
        Assert.Equal(Errno.EBADF, third.TryPreserveFd(7, -1));
        Assert.Equal(Errno.None, third.TryPreserveFd(7, descriptor));
    }
}
