using LuoHandlers;
using LuoHandlers.Vfs;

namespace First
{
    [LiveUpdateFileHandler("first-v1")]
    public sealed partial class SameHandler : Collision.Base;
}

namespace Second
{
    [LiveUpdateFileHandler("second-v1")]
    public sealed partial class SameHandler : Collision.Base;
}

namespace Collision
{
    public sealed class Plain : LuoFile;

    /// <summary>Callbacks may be inherited.</summary>
    public abstract class Base
    {
        protected virtual bool CanPreserve(Plain file) => true;

        protected void Preserve()
        {
        }

        protected void Unpreserve()
        {
        }

        protected Plain Retrieve() => new();

        protected void Finish()
        {
        }

        private void Freeze()
        {
        }

        public void Use() => Freeze();
    }

    [LiveUpdateFileHandler("upper-v1")]
    public sealed partial class CASEHandler : Base;

    [LiveUpdateFileHandler("lower-v1")]
    public sealed partial class caseHandler : Base;

    [LiveUpdateFileHandler("underscore-v1")]
    public sealed partial class Outer_Inner : Base
    {
        protected override bool CanPreserve(Plain file) => false;
    }

    public partial class Outer
    {
        [LiveUpdateFileHandler("dot-v1")]
        public sealed partial class Inner : Base;
    }
}
