// yamljson reads YAML as kubectl and the API server do and prints JSON.
//
// Each line of standard input is a JSON string that holds one document. Each line of standard
// output is what sigs.k8s.io/yaml makes of it: {"json": ...} or {"error": "..."}.
package main

import (
	"bufio"
	"encoding/json"
	"os"

	"sigs.k8s.io/yaml"
)

type answer struct {
	JSON  json.RawMessage `json:"json,omitempty"`
	Error string          `json:"error,omitempty"`
}

func main() {
	in := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	buffered := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer buffered.Flush()
	out := json.NewEncoder(buffered)
	for {
		var document string
		if err := in.Decode(&document); err != nil {
			return
		}
		read, err := yaml.YAMLToJSON([]byte(document))
		if err != nil {
			_ = out.Encode(answer{Error: err.Error()})
			continue
		}
		_ = out.Encode(answer{JSON: read})
	}
}
