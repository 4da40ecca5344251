package dev.dromedary.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dromedary completion}. */
@Command(
    name = "completion",
    header = "Print a script that completes commands and options in the shell.",
    description = {
      "",
      "Put it where your shell reads it at its start. zsh reads it as well, through bashcompinit,"
          + " which the script switches on itself.",
      ""
    },
    exitCodeList = {"0:It was printed.", ExitStatus.UNWRITTEN, ExitStatus.WRONG_LINE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(dromedary completion bash)",
      "  dromedary completion zsh > ~/.dromedary.zsh \\",
      "    && echo 'source ~/.dromedary.zsh' >> ~/.zshrc"
    })
final class CompletionCommand implements Callable<Integer> {

  private final CliEnvironment environment;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash or zsh (default: bash).")
  Shell shell = Shell.bash;

  /** The shells there are, as users write them. */
  enum Shell {
    bash,
    zsh
  }

  CompletionCommand(CliEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    environment.out().print(AutoComplete.bash("dromedary", spec.root().commandLine()));
    environment.out().flush();
    return ExitStatus.OK;
  }
}
