return LuoHandlers.Tool.LuoCommand.Run(args, Console.OpenStandardOutput(), Console.Out, Console.Error);
