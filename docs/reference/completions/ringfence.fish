# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_ringfence_global_optspecs
    string join \n h/help V/version
end

function __fish_ringfence_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_ringfence_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_ringfence_using_subcommand
    set -l cmd (__fish_ringfence_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c ringfence -n "__fish_ringfence_needs_command" -s h -l help -d 'Print help'
complete -c ringfence -n "__fish_ringfence_needs_command" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_needs_command" -f -a "scan" -d 'Judge a cluster, or manifests: files, directories, or - for standard input'
complete -c ringfence -n "__fish_ringfence_needs_command" -f -a "fix" -d 'Mend manifests: the safe edits, or with --review all that a machine can make'
complete -c ringfence -n "__fish_ringfence_needs_command" -f -a "doctor" -d 'Say how well a scan could see a cluster: way, version, permissions, clock'
complete -c ringfence -n "__fish_ringfence_needs_command" -f -a "explain" -d 'Explain one check: risk, evidence, fix, mappings'
complete -c ringfence -n "__fish_ringfence_needs_command" -f -a "exceptions" -d 'List the exceptions: which cover what, and which are unused, expired or invalid'
complete -c ringfence -n "__fish_ringfence_needs_command" -f -a "config" -d 'Say what the settings are, and why; begin a ringfence.yaml'
complete -c ringfence -n "__fish_ringfence_needs_command" -f -a "policy" -d 'Sign and verify what settings may not loosen'
complete -c ringfence -n "__fish_ringfence_needs_command" -f -a "lsp" -d 'Serve an editor: findings as they are typed, what they mean, and the edits that mend them'
complete -c ringfence -n "__fish_ringfence_needs_command" -f -a "completions" -d 'Print the completions for a shell'
complete -c ringfence -n "__fish_ringfence_needs_command" -f -a "man" -d 'Print the man page'
complete -c ringfence -n "__fish_ringfence_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -s o -l output -d 'The form of the result, and the file it goes to, as in text,sarif=FILE; may be repeated. One form may go without a file to standard output, which stays quiet where all have files' -r -f -a "text\t'A page for a person'
json\t'ringfence.scan/v1'
jsonl\t'The same in lines: an account, then a finding each'
sarif\t'SARIF 2.1.0, for code hosts'
junit\t'JUnit XML, for pipelines that show tests'
markdown\t'A comment on a pull request'
html\t'One file for a browser'
csv\t'A spreadsheet'
gitlab\t'GitLab Code Quality'
github\t'Annotations of GitHub Actions'
ocsf\t'OCSF Compliance Findings, for a security lake or SIEM'
policyreport\t'PolicyReport objects'
openreports\t'OpenReports objects'"
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l baseline -d 'An earlier JSON result, or a commit of Git as in git:origin/main: what was there does not fail the run again' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l check -d 'Run this check alone; may be repeated' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l config -d 'The settings [default: the nearest ringfence.yaml from here upward]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l fail-on -d 'Exit with 1 from this severity on [default: high]' -r -f -a "critical\t'Only critical ones'
high\t'High ones and worse'
medium\t'Medium ones and worse'
low\t'Any'
never\t'None'"
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l exclude -d 'Pass over the files that match, relative to each directory; may be repeated' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l profile -d 'Run the checks of this profile alone; may be repeated, and adds to --check' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l policy -d 'A signed policy that the settings may not loosen [default: $RINGFENCE_POLICY]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l policy-key -d 'The public key that must have signed it [default: $RINGFENCE_POLICY_KEY]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l policy-serial -d 'Refuse a policy that is older than this serial [default: $RINGFENCE_POLICY_SERIAL]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l kubernetes-version -d 'The version of Kubernetes that verdicts are meant for [default: that of the cluster, else 1.34]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l values -d 'Render charts with this values file, found here or in the chart; may be repeated, the last one wins' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l variant -d 'Render charts with these values files behind those of --values, under a name, as in prod=values-prod.yaml; may be repeated, and each is judged' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l context -d 'The context of the kubeconfig [default: the current one]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l kubeconfig -d 'The kubeconfig [default: $KUBECONFIG, ~/.kube/config, or the service account inside a pod]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l timeout -d 'Seconds that one call to the cluster may take, or one rendering of a chart' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -s n -l namespace -d 'Report on the objects of this namespace alone; may be repeated' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l kinds -d 'List these resources of the cluster alone, as in pods,deployments.apps' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l dump -d 'Keep what the cluster listed in this file, without secrets, to scan it elsewhere' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l today -d 'The day on which exceptions are judged [default: today]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l no-shipped-exceptions -d 'Do without the exceptions for system components that come with ringfence'
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l no-render -d 'Start no helm, kustomize or kubectl: leave templates and kustomizations as they are'
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l all -d 'Show every object and place in the text form'
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l require-coverage -d 'Exit with 3 also where something limits the verdicts'
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -l no-progress -d 'Draw no progress bar'
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ringfence -n "__fish_ringfence_using_subcommand scan" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l only -d 'Mend what this check finds alone; may be repeated' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l config -d 'The settings [default: the nearest ringfence.yaml from here upward]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l fail-on -d 'Exit with 1 from this severity on [default: high]' -r -f -a "critical\t'Only critical ones'
high\t'High ones and worse'
medium\t'Medium ones and worse'
low\t'Any'
never\t'None'"
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l exclude -d 'Pass over the files that match, relative to each directory; may be repeated' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l profile -d 'Run the checks of this profile alone; may be repeated, and adds to --check' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l policy -d 'A signed policy that the settings may not loosen [default: $RINGFENCE_POLICY]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l policy-key -d 'The public key that must have signed it [default: $RINGFENCE_POLICY_KEY]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l policy-serial -d 'Refuse a policy that is older than this serial [default: $RINGFENCE_POLICY_SERIAL]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l values -d 'Render charts with this values file, found here or in the chart; may be repeated, the last one wins' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l variant -d 'Render charts with these values files behind those of --values, under a name, as in prod=values-prod.yaml; may be repeated, and each is judged' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l timeout -d 'Seconds that one rendering of a chart may take' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l kubernetes-version -d 'The version of Kubernetes that the manifests are meant for [default: 1.34]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -s o -l output -d 'The form of the account' -r -f -a "text\t'A page for a person'
json\t'A document for programs'"
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l today -d 'The day on which exceptions are judged [default: today]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l review -d 'Also make the edits that a person must look at'
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l diff -d 'Print what would change as a unified diff, and write nothing'
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l check -d 'Write nothing, and exit with 1 if something would change'
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -s i -l interactive -d 'Show each edit, and ask before it is made'
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l no-shipped-exceptions -d 'Do without the exceptions for system components that come with ringfence'
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -l no-render -d 'Start no helm, kustomize or kubectl: leave templates and kustomizations as they are'
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ringfence -n "__fish_ringfence_using_subcommand fix" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand doctor" -l context -d 'The context of the kubeconfig [default: the current one]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand doctor" -l kubeconfig -d 'The kubeconfig [default: $KUBECONFIG, ~/.kube/config, or the service account inside a pod]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand doctor" -l timeout -d 'Seconds that one call to the cluster may take, or one rendering of a chart' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand doctor" -s n -l namespace -d 'Ask about a scan of this namespace; may be repeated' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand doctor" -s o -l output -d 'The form of the result' -r -f -a "text\t'A page for a person'
json\t'A document for programs'"
complete -c ringfence -n "__fish_ringfence_using_subcommand doctor" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ringfence -n "__fish_ringfence_using_subcommand doctor" -l role -d 'Print the role that a scan needs, and call no cluster'
complete -c ringfence -n "__fish_ringfence_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ringfence -n "__fish_ringfence_using_subcommand doctor" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand explain" -s o -l output -d 'The form of --all' -r -f -a "text\t'Pages for a person'
html\t'One file for a browser'
json\t'An array for programs'"
complete -c ringfence -n "__fish_ringfence_using_subcommand explain" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ringfence -n "__fish_ringfence_using_subcommand explain" -l all -d 'Explain every check'
complete -c ringfence -n "__fish_ringfence_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ringfence -n "__fish_ringfence_using_subcommand explain" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -s o -l output -d 'The form of the result, and the file it goes to, as in text,sarif=FILE; may be repeated. One form may go without a file to standard output, which stays quiet where all have files' -r -f -a "text\t'A page for a person'
json\t'ringfence.scan/v1'
jsonl\t'The same in lines: an account, then a finding each'
sarif\t'SARIF 2.1.0, for code hosts'
junit\t'JUnit XML, for pipelines that show tests'
markdown\t'A comment on a pull request'
html\t'One file for a browser'
csv\t'A spreadsheet'
gitlab\t'GitLab Code Quality'
github\t'Annotations of GitHub Actions'
ocsf\t'OCSF Compliance Findings, for a security lake or SIEM'
policyreport\t'PolicyReport objects'
openreports\t'OpenReports objects'"
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l baseline -d 'An earlier JSON result, or a commit of Git as in git:origin/main: what was there does not fail the run again' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l check -d 'Run this check alone; may be repeated' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l config -d 'The settings [default: the nearest ringfence.yaml from here upward]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l fail-on -d 'Exit with 1 from this severity on [default: high]' -r -f -a "critical\t'Only critical ones'
high\t'High ones and worse'
medium\t'Medium ones and worse'
low\t'Any'
never\t'None'"
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l exclude -d 'Pass over the files that match, relative to each directory; may be repeated' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l profile -d 'Run the checks of this profile alone; may be repeated, and adds to --check' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l policy -d 'A signed policy that the settings may not loosen [default: $RINGFENCE_POLICY]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l policy-key -d 'The public key that must have signed it [default: $RINGFENCE_POLICY_KEY]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l policy-serial -d 'Refuse a policy that is older than this serial [default: $RINGFENCE_POLICY_SERIAL]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l kubernetes-version -d 'The version of Kubernetes that verdicts are meant for [default: that of the cluster, else 1.34]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l values -d 'Render charts with this values file, found here or in the chart; may be repeated, the last one wins' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l variant -d 'Render charts with these values files behind those of --values, under a name, as in prod=values-prod.yaml; may be repeated, and each is judged' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l context -d 'The context of the kubeconfig [default: the current one]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l kubeconfig -d 'The kubeconfig [default: $KUBECONFIG, ~/.kube/config, or the service account inside a pod]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l timeout -d 'Seconds that one call to the cluster may take, or one rendering of a chart' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -s n -l namespace -d 'Report on the objects of this namespace alone; may be repeated' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l kinds -d 'List these resources of the cluster alone, as in pods,deployments.apps' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l dump -d 'Keep what the cluster listed in this file, without secrets, to scan it elsewhere' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l today -d 'The day on which exceptions are judged [default: today]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l shipped -d 'List those that come with ringfence, and judge nothing'
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l no-shipped-exceptions -d 'Do without the exceptions for system components that come with ringfence'
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l no-render -d 'Start no helm, kustomize or kubectl: leave templates and kustomizations as they are'
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l all -d 'Show every object and place in the text form'
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l require-coverage -d 'Exit with 3 also where something limits the verdicts'
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -l no-progress -d 'Draw no progress bar'
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ringfence -n "__fish_ringfence_using_subcommand exceptions" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and not __fish_seen_subcommand_from explain init schema help" -s h -l help -d 'Print help'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and not __fish_seen_subcommand_from explain init schema help" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and not __fish_seen_subcommand_from explain init schema help" -f -a "explain" -d 'Say what a setting is, where that comes from, and what else it may be'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and not __fish_seen_subcommand_from explain init schema help" -f -a "init" -d 'Write a ringfence.yaml to begin with'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and not __fish_seen_subcommand_from explain init schema help" -f -a "schema" -d 'Print the JSON Schema of ringfence.yaml, for editors'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and not __fish_seen_subcommand_from explain init schema help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -l config -d 'The settings [default: the nearest ringfence.yaml from here upward]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -l fail-on -d 'Exit with 1 from this severity on [default: high]' -r -f -a "critical\t'Only critical ones'
high\t'High ones and worse'
medium\t'Medium ones and worse'
low\t'Any'
never\t'None'"
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -l exclude -d 'Pass over the files that match, relative to each directory; may be repeated' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -l profile -d 'Run the checks of this profile alone; may be repeated, and adds to --check' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -l policy -d 'A signed policy that the settings may not loosen [default: $RINGFENCE_POLICY]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -l policy-key -d 'The public key that must have signed it [default: $RINGFENCE_POLICY_KEY]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -l policy-serial -d 'Refuse a policy that is older than this serial [default: $RINGFENCE_POLICY_SERIAL]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -s o -l output -d 'The form of the result' -r -f -a "text\t'A page for a person'
json\t'A document for programs'"
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -l no-shipped-exceptions -d 'Do without the exceptions for system components that come with ringfence'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from explain" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from init" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from schema" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Say what a setting is, where that comes from, and what else it may be'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "init" -d 'Write a ringfence.yaml to begin with'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "schema" -d 'Print the JSON Schema of ringfence.yaml, for editors'
complete -c ringfence -n "__fish_ringfence_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and not __fish_seen_subcommand_from keygen sign verify help" -s h -l help -d 'Print help'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and not __fish_seen_subcommand_from keygen sign verify help" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and not __fish_seen_subcommand_from keygen sign verify help" -f -a "keygen" -d 'Write a new pair of keys: FILE for its owner alone, and FILE.pub for everybody'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and not __fish_seen_subcommand_from keygen sign verify help" -f -a "sign" -d 'Sign a policy, and print the bundle'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and not __fish_seen_subcommand_from keygen sign verify help" -f -a "verify" -d 'Verify a bundle, and print the policy in it'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and not __fish_seen_subcommand_from keygen sign verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from keygen" -s h -l help -d 'Print help'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from keygen" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from sign" -l key -d 'The private key' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from sign" -s h -l help -d 'Print help'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from sign" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from verify" -l key -d 'The public key that must have signed it' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from verify" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "keygen" -d 'Write a new pair of keys: FILE for its owner alone, and FILE.pub for everybody'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "sign" -d 'Sign a policy, and print the bundle'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Verify a bundle, and print the policy in it'
complete -c ringfence -n "__fish_ringfence_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -l config -d 'The settings [default: the nearest ringfence.yaml from here upward]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -l fail-on -d 'Exit with 1 from this severity on [default: high]' -r -f -a "critical\t'Only critical ones'
high\t'High ones and worse'
medium\t'Medium ones and worse'
low\t'Any'
never\t'None'"
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -l exclude -d 'Pass over the files that match, relative to each directory; may be repeated' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -l profile -d 'Run the checks of this profile alone; may be repeated, and adds to --check' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -l policy -d 'A signed policy that the settings may not loosen [default: $RINGFENCE_POLICY]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -l policy-key -d 'The public key that must have signed it [default: $RINGFENCE_POLICY_KEY]' -r -F
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -l policy-serial -d 'Refuse a policy that is older than this serial [default: $RINGFENCE_POLICY_SERIAL]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -l kubernetes-version -d 'The version of Kubernetes that verdicts are meant for [default: 1.34]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -l today -d 'The day on which exceptions are judged [default: today]' -r
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -l no-shipped-exceptions -d 'Do without the exceptions for system components that come with ringfence'
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -l stdio -d 'Standard input and output, which is the only way there is; many editors say it'
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ringfence -n "__fish_ringfence_using_subcommand lsp" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand completions" -s h -l help -d 'Print help'
complete -c ringfence -n "__fish_ringfence_using_subcommand completions" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand man" -s h -l help -d 'Print help'
complete -c ringfence -n "__fish_ringfence_using_subcommand man" -s V -l version -d 'Print version'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and not __fish_seen_subcommand_from scan fix doctor explain exceptions config policy lsp completions man help" -f -a "scan" -d 'Judge a cluster, or manifests: files, directories, or - for standard input'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and not __fish_seen_subcommand_from scan fix doctor explain exceptions config policy lsp completions man help" -f -a "fix" -d 'Mend manifests: the safe edits, or with --review all that a machine can make'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and not __fish_seen_subcommand_from scan fix doctor explain exceptions config policy lsp completions man help" -f -a "doctor" -d 'Say how well a scan could see a cluster: way, version, permissions, clock'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and not __fish_seen_subcommand_from scan fix doctor explain exceptions config policy lsp completions man help" -f -a "explain" -d 'Explain one check: risk, evidence, fix, mappings'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and not __fish_seen_subcommand_from scan fix doctor explain exceptions config policy lsp completions man help" -f -a "exceptions" -d 'List the exceptions: which cover what, and which are unused, expired or invalid'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and not __fish_seen_subcommand_from scan fix doctor explain exceptions config policy lsp completions man help" -f -a "config" -d 'Say what the settings are, and why; begin a ringfence.yaml'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and not __fish_seen_subcommand_from scan fix doctor explain exceptions config policy lsp completions man help" -f -a "policy" -d 'Sign and verify what settings may not loosen'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and not __fish_seen_subcommand_from scan fix doctor explain exceptions config policy lsp completions man help" -f -a "lsp" -d 'Serve an editor: findings as they are typed, what they mean, and the edits that mend them'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and not __fish_seen_subcommand_from scan fix doctor explain exceptions config policy lsp completions man help" -f -a "completions" -d 'Print the completions for a shell'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and not __fish_seen_subcommand_from scan fix doctor explain exceptions config policy lsp completions man help" -f -a "man" -d 'Print the man page'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and not __fish_seen_subcommand_from scan fix doctor explain exceptions config policy lsp completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "explain" -d 'Say what a setting is, where that comes from, and what else it may be'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "init" -d 'Write a ringfence.yaml to begin with'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "schema" -d 'Print the JSON Schema of ringfence.yaml, for editors'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "keygen" -d 'Write a new pair of keys: FILE for its owner alone, and FILE.pub for everybody'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "sign" -d 'Sign a policy, and print the bundle'
complete -c ringfence -n "__fish_ringfence_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "verify" -d 'Verify a bundle, and print the policy in it'
