const client = new EotClient({ room: 'chat' });
const [said, note, form] = ['said', 'note', 'form'].map((id) => document.getElementById(id));

client.subscribe('Say', ({ data }) => {
  const item = document.createElement('li');
  item.textContent = `${data.name}: ${data.text}`;
  said.append(item);
});

client.on('state', (state) => {
  note.textContent =
    state === 'open' ? '' : 'There is no connection. What you write is said when it is back.';
});

client.on('error', (error) => {
  note.textContent = error.message;
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const { name, text } = form.elements;
  client.send('Say', { name: name.value, text: text.value });
  text.value = '';
});
