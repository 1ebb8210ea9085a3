using LuoHandlers;
using LuoHandlers.Vfs;

namespace Nesting
{
    public sealed class Plain : LuoFile;

    public partial struct InStruct
    {
        public partial interface IInInterface
        {
            public partial record InRecord
            {
                internal static partial class InStatic
                {
                    public partial record struct InRecordStruct
                    {
                        [LiveUpdateFileHandler("nested-v1")]
                        internal sealed partial class NestedHandler
                        {
                            private bool CanPreserve(Plain file) => true;

                            private void Preserve(Plain file, out State state) => state = new State { First = 1, Second = 2 };

                            private void Unpreserve(in State state) => _ = state.First;

                            private Plain Retrieve(in State state) => new();

                            private void Finish(in State state) => _ = state.Second;

                            [PreservedState]
                            private struct State
                            {
                                public ulong First;
                                public ulong Second;
                            }
                        }
                    }
                }
            }
        }
    }

    [LiveUpdateFileHandler("record-v1")]
    public sealed partial record RecordHandler
    {
        private bool CanPreserve(Plain file) => true;

        private void Preserve()
        {
        }

        private void Unpreserve()
        {
        }

        private Plain Retrieve() => new();

        private void Finish()
        {
        }
    }
}
