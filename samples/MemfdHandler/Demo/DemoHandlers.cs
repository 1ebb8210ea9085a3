using LuoHandlers.Emulation;

namespace MemfdHandlerSample.Demo;

/// <summary>Registers the handlers of a kernel.</summary>
internal static class DemoHandlers
{
    public static void Register(Kernel kernel, FailingCallback fail)
    {
        if (fail == FailingCallback.None)
            kernel.RegisterGeneratedHandlers();
        else
            kernel.RegisterFileHandler(new FailingHandler(new MemfdHandler(), fail));
    }
}
