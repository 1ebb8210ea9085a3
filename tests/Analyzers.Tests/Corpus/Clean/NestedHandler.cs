using LuoHandlers;
using LuoHandlers.Vfs;

namespace Clean.NestedHandler;

/// <summary>Is nested in two types, and so is its state.</summary>
public static partial class Machines
{
    public partial class Network
    {
        public sealed class Port : LuoFile
        {
            public ulong Address;
        }

        [PreservedState]
        internal struct PortState
        {
            public ulong Address;
        }

        [LiveUpdateFileHandler("net/port-v1")]
        internal sealed partial class PortHandler
        {
            bool CanPreserve(Port file) => file.Address != 0;
            void Preserve(Port file, out PortState state) => state = new() { Address = file.Address };
            void Unpreserve() { }
            Port Retrieve(PortState state) => new() { Address = state.Address };
            void Finish() { }
        }
    }
}
