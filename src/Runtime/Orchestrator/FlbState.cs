using LuoHandlers.Handlers;

namespace LuoHandlers.Orchestrator;

/// <summary>What LUO keeps of an FLB, on both sides. It lives as long as the kernel, registered or not.</summary>
internal sealed class FlbState(ILiveUpdateFlb flb)
{
    public ILiveUpdateFlb Flb { get; } = flb;

    public CompatibleString Compatible { get; } = CompatibleString.FromHandler(flb.Compatible);

    /// <summary>How many handlers it is linked to. Guarded by the registration lock.</summary>
    public int LinkCount { get; set; }

    public OutgoingSide Outgoing { get; } = new();

    public IncomingSide Incoming { get; } = new();

    /// <summary>What this kernel preserves for the next.</summary>
    public sealed class OutgoingSide
    {
        /// <summary>Held while a callback of this side runs: using the same side from there would deadlock.</summary>
        public Lock Lock { get; } = new();

        /// <summary>The files and users, where they are reference-counted.</summary>
        public KernelRefcount Count;

        /// <summary>The files, where only they are counted.</summary>
        public long PlainCount { get; set; }

        public ulong SerializedData { get; set; }

        public object? Object { get; set; }
    }

    /// <summary>What the previous kernel preserved.</summary>
    public sealed class IncomingSide
    {
        /// <summary>Held while a callback of this side runs: using the same side from there would deadlock.</summary>
        public Lock Lock { get; } = new();

        /// <summary>The files and users, where they are reference-counted.</summary>
        public KernelRefcount Count;

        /// <summary>The files, where only they are counted.</summary>
        public long PlainCount { get; set; }

        public object? Object { get; set; }

        public bool IsRetrieved { get; set; }

        public bool IsFinished { get; set; }

        /// <summary>The failure of retrieve, which is final; 0 if it did not fail.</summary>
        public int Error { get; set; }
    }
}
