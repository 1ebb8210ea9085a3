using LuoHandlers;
using LuoHandlers.Vfs;

// Each handler lacks one callback that LUO requires: the build fails five times.
public sealed class Slip : LuoFile;

[PreservedState]
public struct SlipState
{
    public ulong Number;
}

[LiveUpdateFileHandler("without-canpreserve-v1")]
public sealed partial class WithoutCanPreserve
{
    void Preserve(Slip file, out SlipState state) => state = default;
    void Unpreserve(Slip file) { }
    Slip Retrieve(in SlipState state) => new();
    void Finish(Slip? file) { }
}

[LiveUpdateFileHandler("without-preserve-v1")]
public sealed partial class WithoutPreserve
{
    bool CanPreserve(Slip file) => true;
    void Unpreserve(Slip file) { }
    Slip Retrieve(in SlipState state) => new();
    void Finish(Slip? file) { }
}

[LiveUpdateFileHandler("without-unpreserve-v1")]
public sealed partial class WithoutUnpreserve
{
    bool CanPreserve(Slip file) => true;
    void Preserve(Slip file, out SlipState state) => state = default;
    Slip Retrieve(in SlipState state) => new();
    void Finish(Slip? file) { }
}

[LiveUpdateFileHandler("without-retrieve-v1")]
public sealed partial class WithoutRetrieve
{
    bool CanPreserve(Slip file) => true;
    void Preserve(Slip file, out SlipState state) => state = default;
    void Unpreserve(Slip file) { }
    void Finish(Slip? file) { }
}

[LiveUpdateFileHandler("without-finish-v1")]
public sealed partial class WithoutFinish
{
    bool CanPreserve(Slip file) => true;
    void Preserve(Slip file, out SlipState state) => state = default;
    void Unpreserve(Slip file) { }
    Slip Retrieve(in SlipState state) => new();
}
