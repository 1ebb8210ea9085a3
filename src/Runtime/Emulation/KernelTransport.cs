using LuoHandlers.Uapi;

namespace LuoHandlers.Emulation;

/// <summary>How an agent speaks to an emulated kernel.</summary>
internal sealed class KernelTransport(Kernel kernel) : ILiveUpdateTransport
{
    public Kernel Kernel { get; } = kernel;

    public int OpenDevice() => Kernel.OpenDevice();

    public int Ioctl(int descriptor, uint request, Span<byte> argument) => Kernel.Ioctl(descriptor, request, new UserBuffer(argument));

    public int Close(int descriptor) => Kernel.IsReplaced ? 0 : Kernel.Close(descriptor);
}
